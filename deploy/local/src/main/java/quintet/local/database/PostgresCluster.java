package quintet.local.database;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import quintet.local.part.PartFailedException;
import quintet.local.process.FileTrees;
import quintet.local.process.PrivateFiles;

/** The folder with the rows: made whole beside its place and moved there, so that a half-made one is never used. */
final class PostgresCluster {
    static final String USER = "quintet";
    static final String DATABASE = "quintet";
    private static final String MAJOR_VERSION = "17";

    private final PostgresBinaries programs;
    private final RootDrop rootDrop;
    private final Path folder;

    PostgresCluster(PostgresBinaries programs, RootDrop rootDrop, Path folder) {
        this.programs = programs;
        this.rootDrop = rootDrop;
        this.folder = folder;
    }

    /** Tells whether it was made before, by a version that this one can go on with. */
    boolean exists() throws PartFailedException, IOException {
        Path version = folder.resolve("PG_VERSION");
        if (!Files.exists(version)) {
            return false;
        }
        String found = Files.readString(version).strip();
        if (!found.equals(MAJOR_VERSION)) {
            throw new PartFailedException(
                    "The database in " + folder + " was made by PostgreSQL " + found + ", this is " + MAJOR_VERSION
                            + "; choose another folder with --data or go back to the version of Quintet that made it");
        }
        return true;
    }

    /** Makes it: role, password and database. */
    void create(String password) throws PartFailedException, IOException, InterruptedException {
        Path draft = folder.resolveSibling(folder.getFileName() + ".new");
        Path passwordFile = folder.resolveSibling(folder.getFileName() + ".password");
        FileTrees.delete(draft);
        try {
            PrivateFiles.replace(passwordFile, password + "\n");
            rootDrop.handOver(passwordFile);
            run(
                    "",
                    programs.program("initdb"),
                    "--pgdata=" + draft,
                    "--username=" + USER,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8");
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        run(
                "CREATE DATABASE " + DATABASE + ";\n",
                programs.program("postgres"),
                "--single",
                "-D",
                draft.toString(),
                "postgres");
        Files.move(draft, folder);
    }

    private void run(String input, String... command) throws PartFailedException, IOException, InterruptedException {
        List<String> words = rootDrop.wrap(command);
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try {
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0 || output.contains("ERROR:")) {
                throw new PartFailedException("PostgreSQL's database can't be made: " + output.strip());
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
