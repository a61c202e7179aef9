package quintet.local.letters;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import quintet.messaging.Delivery;

/** Hands the messages of a queue to virtual threads, as many at once as its prefetch, as the services' connector does. */
final class TestConsumer implements AutoCloseable {
    private final Connection connection;
    private final Channel channel;
    private final String queue;
    private final Consumer<Delivery> handler;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    TestConsumer(Connection connection, String queue, int prefetch, Consumer<Delivery> handler) throws IOException {
        this.connection = connection;
        this.queue = queue;
        this.handler = handler;
        channel = connection.createChannel();
        channel.basicQos(prefetch);
    }

    void start() throws IOException {
        channel.basicConsume(queue, false, new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                threads.execute(() -> handler.accept(new Received(envelope, properties, body)));
            }
        });
    }

    /** Breaks the connection first, so that what is under way is never settled. */
    @Override
    public void close() {
        connection.abort(2_000);
        threads.shutdownNow();
    }

    private final class Received implements Delivery {
        private final Envelope envelope;
        private final AMQP.BasicProperties properties;
        private final byte[] body;

        Received(Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
            this.envelope = envelope;
            this.properties = properties;
            this.body = body;
        }

        @Override
        public byte[] payload() {
            return body;
        }

        @Override
        public Map<String, Object> headers() {
            return Optional.ofNullable(properties.getHeaders()).orElse(Map.of());
        }

        @Override
        public boolean redelivered() {
            return envelope.isRedeliver();
        }

        @Override
        public CompletionStage<Void> ack() {
            return settle(() -> channel.basicAck(envelope.getDeliveryTag(), false));
        }

        @Override
        public CompletionStage<Void> requeue(Throwable why) {
            return settle(() -> channel.basicNack(envelope.getDeliveryTag(), false, true));
        }

        private CompletionStage<Void> settle(Settle settle) {
            try {
                settle.run();
                return CompletableFuture.completedFuture(null);
            } catch (IOException | RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
    }

    private interface Settle {
        void run() throws IOException;
    }
}
