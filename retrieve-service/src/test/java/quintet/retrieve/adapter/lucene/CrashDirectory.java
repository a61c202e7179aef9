package quintet.retrieve.adapter.lucene;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexOutput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;

/**
 * A directory in memory that loses power: after a number of writes every further one fails, and of files that were not synced
 * since, what is left is nothing, a part, or rubbish.
 */
final class CrashDirectory extends FilterDirectory {
    private final Random random;
    private final Set<String> unsynced = new TreeSet<>();
    private boolean counting = true;
    private int writesLeft;

    CrashDirectory(Random random, int writes) {
        super(new ByteBuffersDirectory());
        this.random = random;
        writesLeft = writes;
    }

    private synchronized void write() throws IOException {
        if (counting && writesLeft <= 0) {
            throw new IOException("the power is out");
        }
        writesLeft -= counting ? 1 : 0;
    }

    /** Begins or ceases to count writes. */
    synchronized void countWrites(boolean counted) {
        counting = counted;
    }

    synchronized boolean crashed() {
        return writesLeft <= 0;
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) throws IOException {
        write();
        synchronized (this) {
            unsynced.add(name);
        }
        return failing(super.createOutput(name, context));
    }

    @Override
    public IndexOutput createTempOutput(String prefix, String suffix, IOContext context) throws IOException {
        write();
        IndexOutput out = super.createTempOutput(prefix, suffix, context);
        synchronized (this) {
            unsynced.add(out.getName());
        }
        return failing(out);
    }

    private IndexOutput failing(IndexOutput out) {
        return new FilterIndexOutput("failing " + out.getName(), out.getName(), out) {
            @Override
            public void writeBytes(byte[] bytes, int offset, int length) throws IOException {
                write();
                super.writeBytes(bytes, offset, length);
            }
        };
    }

    @Override
    public void sync(Collection<String> names) throws IOException {
        write();
        super.sync(names);
        synchronized (this) {
            unsynced.removeAll(names);
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        write();
        super.rename(from, to);
        synchronized (this) {
            if (unsynced.remove(from)) {
                unsynced.add(to);
            }
        }
    }

    @Override
    public void deleteFile(String name) throws IOException {
        write();
        super.deleteFile(name);
        synchronized (this) {
            unsynced.remove(name);
        }
    }

    /** Keeps the files for {@link #afterCrash}. */
    @Override
    public void close() {}

    /** Returns what a machine finds when it is switched on again. */
    synchronized Directory afterCrash() throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        for (String name : in.listAll()) {
            files.put(name, read(name));
        }
        for (String name : unsynced) {
            byte[] written = files.getOrDefault(name, new byte[0]);
            switch (random.nextInt(3)) {
                case 0 -> files.remove(name);
                case 1 -> files.put(name, Arrays.copyOf(written, random.nextInt(written.length + 1)));
                default -> {
                    byte[] rubbish = new byte[written.length];
                    random.nextBytes(rubbish);
                    files.put(name, rubbish);
                }
            }
        }
        Directory after = new ByteBuffersDirectory();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (!file.getKey().equals("write.lock")) {
                try (IndexOutput out = after.createOutput(file.getKey(), IOContext.DEFAULT)) {
                    out.writeBytes(file.getValue(), file.getValue().length);
                }
            }
        }
        return after;
    }

    /** Returns the bytes of a file; none of one that is still open for writing, which is not synced either. */
    private byte[] read(String name) throws IOException {
        try (IndexInput file = in.openInput(name, IOContext.DEFAULT)) {
            byte[] bytes = new byte[Math.toIntExact(file.length())];
            file.readBytes(bytes, 0, bytes.length);
            return bytes;
        } catch (AccessDeniedException e) {
            return new byte[0];
        }
    }
}
