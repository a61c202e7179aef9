package quintet.retrieve.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import quintet.embed.v1.ChunksEmbedded;
import quintet.ingest.v1.Chunk;
import quintet.ingest.v1.ChunksCreated;
import quintet.ingest.v1.DocumentDeleted;
import quintet.ingest.v1.VersionCancelled;
import quintet.messaging.EventTopology;
import quintet.retrieve.Samples;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.IndexedDocument;
import quintet.retrieve.pipeline.IndexPipeline;

/**
 * Messages of older versions, reordered and twice, on a RabbitMQ: they bring nothing back. Uses a virtual host of its own,
 * {@value #VHOST} unless QUINTET_TEST_RABBITMQ_VHOST names another; without it the test is skipped.
 */
@QuarkusTest
@QuarkusTestResource(FakeEmbedService.class)
@TestProfile(LateMessagesIT.OnRabbitMq.class)
class LateMessagesIT {
    static final String VHOST = "quintet-test";
    private static final CollectionName COLLECTION = new CollectionName("late");
    private static final int DOCUMENTS = 20;

    @Inject
    IndexPipeline pipeline;

    /** The channels on a broker, if one is there. */
    public static class OnRabbitMq implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            if (!there()) {
                return Map.of();
            }
            String connector = "smallrye-rabbitmq";
            return Map.of(
                    "mp.messaging.incoming.chunks-embedded.connector", connector,
                    "mp.messaging.incoming.document-deleted.connector", connector,
                    "mp.messaging.incoming.version-cancelled.connector", connector,
                    "rabbitmq-port", "5672",
                    "rabbitmq-virtual-host", vhost());
        }
    }

    private static String vhost() {
        String named = System.getenv("QUINTET_TEST_RABBITMQ_VHOST");
        return named == null ? VHOST : named;
    }

    private static ConnectionFactory factory() {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setVirtualHost(vhost());
        factory.setConnectionTimeout(2_000);
        return factory;
    }

    private static boolean there() {
        try (Connection connection = factory().newConnection()) {
            return connection.isOpen();
        } catch (Exception none) {
            return false;
        }
    }

    private record Published(String routingKey, MessageLite event) {}

    private static Published part(String id, long version, int part, int parts) {
        String text = "version %d part %d".formatted(version, part);
        float[] vector = Samples.vector(text).toArray();
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : vector) {
            bytes.putFloat(value);
        }
        ChunksCreated created = ChunksCreated.newBuilder()
                .setCollection(COLLECTION.value())
                .setDocumentId(id)
                .setVersion(version)
                .setPart(part)
                .setPartCount(parts)
                .setChunkCount(parts)
                .addChunks(Chunk.newBuilder()
                        .setChunkId("%s#%d".formatted(id, part))
                        .setOrdinal(part)
                        .setText(text)
                        .setStart(part * 100)
                        .setEnd(part * 100 + text.length())
                        .setTokenCount(4))
                .build();
        return new Published(
                "embed.chunks-embedded.v1",
                ChunksEmbedded.newBuilder()
                        .setPart(created)
                        .setModel(Samples.MODEL.name())
                        .setRevision(Samples.MODEL.revision())
                        .setDimension(Samples.DIMENSION)
                        .setVectors(ByteString.copyFrom(bytes.flip()))
                        .build());
    }

    private static List<Published> story(String id) {
        List<Published> story = new ArrayList<>();
        for (int version = 1; version <= 3; version++) {
            for (int part = 0; part < 3; part++) {
                story.add(part(id, version, part, 3));
            }
        }
        story.add(new Published(
                "ingest.version-cancelled.v1",
                VersionCancelled.newBuilder()
                        .setCollection(COLLECTION.value())
                        .setDocumentId(id)
                        .setVersion(3)
                        .build()));
        story.add(new Published(
                "ingest.document-deleted.v1",
                DocumentDeleted.newBuilder()
                        .setCollection(COLLECTION.value())
                        .setDocumentId(id)
                        .setVersion(4)
                        .build()));
        return story;
    }

    @Test
    void messagesOfOlderVersionsBringNothingBack() throws Exception {
        assumeTrue(there(), "no RabbitMQ with virtual host " + vhost());
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<Published> deliveries = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            deliveries.addAll(story("d" + i));
            deliveries.addAll(story("d" + i));
        }
        Collections.shuffle(deliveries, random);
        try (Connection connection = factory().newConnection();
                Channel channel = connection.createChannel()) {
            channel.confirmSelect();
            for (Published delivery : deliveries) {
                publish(channel, delivery);
            }
            channel.waitForConfirmsOrDie(10_000);
            awaitHandled(channel);
            assertNothingLeft("seed " + seed);
            // Late ones once more, then the one that is newer than the deletion.
            for (int i = 0; i < DOCUMENTS; i++) {
                for (Published late : story("d" + i).subList(0, 9)) {
                    publish(channel, late);
                }
            }
            channel.waitForConfirmsOrDie(10_000);
            awaitHandled(channel);
            assertNothingLeft("seed " + seed);
            publish(channel, part("d0", 5, 0, 1));
            await(() -> pipeline.look(COLLECTION, "d0").passageCount() == 1);
        }
    }

    private void assertNothingLeft(String description) {
        for (int i = 0; i < DOCUMENTS; i++) {
            IndexedDocument document = pipeline.look(COLLECTION, "d" + i);
            assertThat(document.head()).as(description).hasValueSatisfying(head -> {
                assertThat(head.version()).isEqualTo(4);
                assertThat(head.deleted()).isTrue();
            });
            assertThat(document.passageCount()).as(description).isZero();
            assertThat(document.stagedPartCount()).as(description).isZero();
        }
    }

    private static void publish(Channel channel, Published delivery) throws Exception {
        channel.basicPublish(
                EventTopology.EXCHANGE,
                delivery.routingKey(),
                true,
                new AMQP.BasicProperties.Builder().deliveryMode(2).build(),
                delivery.event().toByteArray());
    }

    /** The queues are empty and every document has heard of its deletion, twice over in a row. */
    private void awaitHandled(Channel channel) {
        int[] quiet = new int[1];
        await(() -> {
            boolean done = true;
            try {
                for (String queue : List.of("chunks-embedded", "document-deleted", "version-cancelled")) {
                    done &= channel.messageCount("retrieve." + queue) == 0;
                }
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            for (int i = 0; i < DOCUMENTS; i++) {
                done &= pipeline.look(COLLECTION, "d" + i).head().isPresent()
                        && pipeline.look(COLLECTION, "d" + i).head().get().version() == 4;
            }
            quiet[0] = done ? quiet[0] + 1 : 0;
            return quiet[0] > 20;
        });
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("gave up waiting").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
