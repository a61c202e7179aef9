package quintet.ingest.adapter.postgres;

import static quintet.ingest.adapter.postgres.Statements.first;
import static quintet.ingest.adapter.postgres.Statements.update;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.util.List;
import quintet.failure.Failure;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.Question;
import quintet.ingest.port.QuestionStore;

/** {@link QuestionStore} in PostgreSQL. */
@ApplicationScoped
class PostgresQuestionStore implements QuestionStore {
    private final Transactions transactions;

    PostgresQuestionStore(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void replace(String collection, List<Question> questions) {
        transactions.run(connection -> {
            // The lock keeps two replacements from mixing.
            if (first(connection, "select 1 from collection where name = ? for update", _ -> true, collection)
                    .isEmpty()) {
                throw Failure.notFound(
                        "COLLECTION_NOT_FOUND",
                        "there is no collection '%s'; PUT it, or its first document makes it",
                        DocumentKey.shown(collection));
            }
            update(connection, "delete from question where collection = ?", collection);
            try (PreparedStatement statement = connection.prepareStatement(
                    "insert into question (collection, ordinal, query, relevant) values (?, ?, ?, ?::jsonb)")) {
                for (int i = 0; i < questions.size(); i++) {
                    Question question = questions.get(i);
                    Statements.bind(statement, collection, i, question.query(), ReindexJson.write(question.relevant()));
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        });
    }

    @Override
    public List<Question> list(String collection) {
        return transactions.call(connection -> Statements.list(
                connection,
                "select query, relevant from question where collection = ? order by ordinal",
                row -> new Question(row.getString("query"), ReindexJson.numbers(row.getString("relevant"))),
                collection));
    }
}
