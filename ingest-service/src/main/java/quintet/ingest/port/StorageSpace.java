package quintet.ingest.port;

import quintet.failure.Failure;

/** Room for original bytes. Blocking. */
public interface StorageSpace {
    /** Returns the bytes that can still be stored; fails with {@link Failure.Kind#UNAVAILABLE} if that is not known. */
    long freeBytes();
}
