package quintet.modelserver.adapter.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jboss.logging.Logger;
import quintet.modelserver.model.ChatMessage;

/**
 * Conversations in the form that a model was trained on. llama.cpp recognizes the template in the model's file among those it knows;
 * a model without one, or with one it does not know, gets a plain form:
 *
 * <pre>
 * ### System:
 * …
 *
 * ### User:
 * …
 *
 * ### Assistant:
 * </pre>
 */
final class LlamaTemplate {
    private static final Logger LOG = Logger.getLogger(LlamaTemplate.class);
    private static final MemoryLayout MESSAGE =
            MemoryLayout.structLayout(ADDRESS.withName("role"), ADDRESS.withName("content"));
    /** Invisible, and ends the name of a control token behind its first character. */
    private static final String BREAK = "\u200b";

    private final LlamaLibrary library;
    private final MemorySegment template;
    private final List<String> controlTexts;
    private final boolean known;

    LlamaTemplate(LlamaLibrary library, MemorySegment model, List<String> controlTexts) {
        this.library = library;
        this.template = library.chatTemplate.callPointer(model, MemorySegment.NULL);
        this.controlTexts = List.copyOf(controlTexts);
        boolean present = !template.equals(MemorySegment.NULL);
        this.known =
                present && !nativeForm(List.of(new ChatMessage("user", "x"))).isEmpty();
        if (!known) {
            LOG.infof(
                    "the model has %s; conversations are put to it in a plain form, which may make it less able",
                    present ? "a chat template that llama.cpp does not know" : "no chat template");
        }
    }

    /** Returns a conversation up to where its answer begins. */
    String apply(List<ChatMessage> messages) {
        List<ChatMessage> harmless = messages.stream()
                .map(message -> new ChatMessage(message.role(), harmless(message.content())))
                .toList();
        return known ? nativeForm(harmless) : plainForm(harmless);
    }

    /** Breaks the names of control tokens: text of a document or a user must not end its message and begin another's. */
    private String harmless(String content) {
        String result = content;
        for (String text : controlTexts) {
            if (result.contains(text)) {
                int first = text.offsetByCodePoints(0, 1);
                result = result.replace(text, text.substring(0, first) + BREAK + text.substring(first));
            }
        }
        return result;
    }

    /** Returns nothing if llama.cpp does not know the template. */
    private String nativeForm(List<ChatMessage> messages) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment array = arena.allocate(MESSAGE, messages.size());
            int length = 0;
            for (int i = 0; i < messages.size(); i++) {
                ChatMessage message = messages.get(i);
                array.setAtIndex(ADDRESS, 2L * i, arena.allocateFrom(message.role()));
                array.setAtIndex(
                        ADDRESS,
                        2L * i + 1,
                        arena.allocateFrom(message.content().replace("\0", "")));
                length += 2 * message.content().getBytes(StandardCharsets.UTF_8).length + 256;
            }
            MemorySegment buffer = arena.allocate(length);
            int written = apply(array, messages.size(), buffer);
            if (written > length) {
                buffer = arena.allocate(written);
                written = apply(array, messages.size(), buffer);
            }
            return written <= 0
                    ? ""
                    : new String(buffer.asSlice(0, written).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
        }
    }

    private int apply(MemorySegment messages, int count, MemorySegment buffer) {
        return library.applyTemplate.callInt(template, messages, (long) count, true, buffer, (int) buffer.byteSize());
    }

    private static String plainForm(List<ChatMessage> messages) {
        StringBuilder text = new StringBuilder();
        for (ChatMessage message : messages) {
            String speaker = switch (message.role()) {
                case "system" -> "System";
                case "assistant" -> "Assistant";
                default -> "User";
            };
            text.append("### ")
                    .append(speaker)
                    .append(":\n")
                    .append(message.content())
                    .append("\n\n");
        }
        return text.append("### Assistant:\n").toString();
    }
}
