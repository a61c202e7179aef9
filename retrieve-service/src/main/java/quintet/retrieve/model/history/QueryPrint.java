package quintet.retrieve.model.history;

import quintet.retrieve.model.QueryVariant;

/**
 * What tells whether a query that was searched is the same as another: digests, since corrections and added words are taken from
 * passages that the caller might not see any more.
 *
 * @param text digest of what the vector was made of
 * @param words digest of what was searched by words
 * @param added digest of the words that counted beside those
 * @param filter digest of the filter
 */
public record QueryPrint(QueryVariant.Kind kind, String text, String words, String added, String filter) {}
