package quintet.local.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.local.part.PartState;
import quintet.local.part.PartStatus;
import quintet.local.part.StatusBoard;
import quintet.local.process.Ledger;
import quintet.local.process.Ports;
import quintet.local.process.Processes;

class EmbeddedPostgresIT {
    @TempDir
    Path folder;

    private final StatusBoard board = new StatusBoard();
    private final int port = new Ports().any();
    private EmbeddedPostgres postgres;

    @BeforeEach
    void start() throws Exception {
        board.add(PartStatus.waiting(EmbeddedPostgres.NAME, port));
        postgres = create();
        postgres.start();
    }

    @AfterEach
    void stop() {
        postgres.stop();
    }

    @Test
    void comesBackWithItsRowsAfterItIsKilled() throws Exception {
        execute("CREATE TABLE kept (id int)", "INSERT INTO kept VALUES (1), (2), (3)");
        CompletableFuture<Void> back = whenReadyAgain();

        ProcessHandle.of(status().pid()).orElseThrow().destroyForcibly();

        back.join();
        assertThat(count()).isEqualTo(3);
        assertThat(status().restarts()).isEqualTo(1);
    }

    @Test
    void takesOverFromALauncherThatWasKilled() throws Exception {
        execute("CREATE TABLE kept (id int)", "INSERT INTO kept VALUES (1), (2), (3)");
        ProcessHandle first = ProcessHandle.of(status().pid()).orElseThrow();
        EmbeddedPostgres second = create();
        try {
            second.start();

            assertThat(Processes.isAlive(first)).isFalse();
            assertThat(count()).isEqualTo(3);
        } finally {
            postgres.stop();
            second.stop();
        }
    }

    @Test
    void refusesAWrongPassword() {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> DriverManager.getConnection(postgres.address().jdbcUrl(), "quintet", "guess")
                                .close())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password");
    }

    private EmbeddedPostgres create() {
        PostgresFiles files = new PostgresFiles(
                Path.of("target/cache/postgres").toAbsolutePath(),
                folder.resolve("postgres"),
                folder.resolve("postgres.log"));
        return new EmbeddedPostgres(files, port, "a secret", new Ledger(folder.resolve("ledger")), board);
    }

    private PartStatus status() {
        return board.snapshot().getFirst();
    }

    /** Completes when it has been restarted once and is ready. */
    private CompletableFuture<Void> whenReadyAgain() {
        CompletableFuture<Void> back = new CompletableFuture<>();
        board.listen(parts -> {
            PartStatus now = parts.getFirst();
            if (now.restarts() > 0 && now.state() == PartState.READY) {
                back.complete(null);
            }
        });
        return back;
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private int count() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM kept")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private Connection connect() throws SQLException {
        DatabaseAddress address = postgres.address();
        return DriverManager.getConnection(address.jdbcUrl(), address.username(), address.password());
    }
}
