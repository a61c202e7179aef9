package quintet.local.letters;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import quintet.embed.v1.ChunksEmbedded;
import quintet.ingest.v1.ChunksCreated;
import quintet.ingest.v1.DocumentDeleted;
import quintet.ingest.v1.DocumentReceived;
import quintet.ingest.v1.StageFailed;
import quintet.ingest.v1.VersionCancelled;
import quintet.retrieve.v1.ChunksStaged;
import quintet.retrieve.v1.DocumentIndexed;
import quintet.retrieve.v1.DocumentRemoved;
import quintet.retrieve.v1.VectorsMissing;

/** What a message says, for people: field by field, long texts cut, bytes counted. */
public final class LetterContent {
    private static final int MAX_CHARACTERS = 120;
    private static final int MAX_ITEMS = 20;

    /** The messages of each queue. */
    private static final Map<String, Message> TYPES = Map.of(
            "ingest.document-received", DocumentReceived.getDefaultInstance(),
            "ingest.chunks-staged", ChunksStaged.getDefaultInstance(),
            "ingest.document-indexed", DocumentIndexed.getDefaultInstance(),
            "ingest.document-removed", DocumentRemoved.getDefaultInstance(),
            "ingest.stage-failed", StageFailed.getDefaultInstance(),
            "ingest.vectors-missing", VectorsMissing.getDefaultInstance(),
            "embed.chunks-created", ChunksCreated.getDefaultInstance(),
            "retrieve.chunks-embedded", ChunksEmbedded.getDefaultInstance(),
            "retrieve.document-deleted", DocumentDeleted.getDefaultInstance(),
            "retrieve.version-cancelled", VersionCancelled.getDefaultInstance());

    private final Message message;

    private LetterContent(Message message) {
        this.message = message;
    }

    /** Returns the names of the queues whose messages can be given up, in order. */
    public static List<String> queues() {
        return List.copyOf(new TreeSet<>(TYPES.keySet()));
    }

    /** Reads a message of a queue; empty if it is none. */
    public static Optional<LetterContent> of(String queue, byte[] body) {
        Message type = TYPES.get(queue);
        if (type == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LetterContent(type.getParserForType().parseFrom(body)));
        } catch (InvalidProtocolBufferException _) {
            return Optional.empty();
        }
    }

    /** Returns the name of the message's type. */
    public String type() {
        return message.getDescriptorForType().getName();
    }

    /** Returns what the message is about, as {@code collection/document@version}. */
    public String document() {
        Message named = message instanceof ChunksEmbedded embedded ? embedded.getPart() : message;
        return value(named, "collection") + "/" + value(named, "document_id") + "@" + value(named, "version");
    }

    /** Returns the fields that are set, by their names in JSON. */
    public Map<String, Object> fields() {
        return fields(message);
    }

    private static Object value(Message message, String field) {
        return message.getField(message.getDescriptorForType().findFieldByName(field));
    }

    private static Map<String, Object> fields(Message message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        message.getAllFields().forEach((field, value) -> fields.put(field.getJsonName(), plain(field, value)));
        return fields;
    }

    private static Object plain(FieldDescriptor field, Object value) {
        if (field.isMapField()) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (Object entry : (List<?>) value) {
                MapEntry<?, ?> pair = (MapEntry<?, ?>) entry;
                map.put(String.valueOf(pair.getKey()), plain(pair.getValue()));
            }
            return map;
        }
        if (value instanceof List<?> list) {
            List<Object> items =
                    list.stream().limit(MAX_ITEMS).map(LetterContent::plain).toList();
            return list.size() <= MAX_ITEMS ? items : Map.of("count", list.size(), "first", items);
        }
        return plain(value);
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Message nested -> fields(nested);
            case ByteString bytes -> bytes.size() + " bytes";
            case String text ->
                text.length() <= MAX_CHARACTERS
                        ? text
                        : text.substring(0, MAX_CHARACTERS) + "… (" + text.length() + " characters)";
            case Number number -> number;
            case Boolean flag -> flag;
            default -> value.toString();
        };
    }
}
