package quintet.local.database;

import java.nio.file.Path;

/**
 * Where PostgreSQL's things are.
 *
 * @param programs its programs, unpacked on first use; data folders may share them
 * @param data its rows
 * @param log its messages
 */
public record PostgresFiles(Path programs, Path data, Path log) {}
