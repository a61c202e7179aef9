package quintet.retrieve.model.history;

import quintet.retrieve.model.CollectionAccess;

/**
 * Who searches.
 *
 * @param access what they may see now
 * @param key their key, by its fingerprint; empty in a suite without keys
 */
public record Asker(CollectionAccess access, String key) {}
