package quintet.encoder.model;

import java.util.Optional;
import java.util.Properties;

/**
 * How an instruction-tuned model reads an instruction and a text: e5-instruct's
 * <code>Instruct: {instruction}\nQuery: {text}</code>, Instructor's <code>{instruction}{text}</code>.
 *
 * @param template with <code>{instruction}</code> once and <code>{text}</code> at its end
 * @param pooled whether the instruction's tokens are part of the mean, as they are not in Instructor (Su et al. 2022)
 */
public record InstructionTemplate(String template, boolean pooled) {
    private static final String INSTRUCTION = "{instruction}";
    private static final String TEXT = "{text}";

    static Optional<InstructionTemplate> of(String model, Properties properties) {
        String template = properties.getProperty("instruction-template");
        String pooled = properties.getProperty("instruction-pooled", "true").strip();
        if (!pooled.equals("true") && !pooled.equals("false")) {
            throw new ModelException(
                    "model %s: instruction-pooled is %s, must be true or false".formatted(model, pooled));
        }
        if (template == null) {
            return Optional.empty();
        }
        if (!template.contains(INSTRUCTION) || template.indexOf(TEXT) != template.length() - TEXT.length()) {
            throw new ModelException("model %s: instruction-template is '%s', must have %s and end with %s"
                    .formatted(model, template, INSTRUCTION, TEXT));
        }
        return Optional.of(new InstructionTemplate(template, pooled.equals("true")));
    }

    /** Returns what stands in front of a text. */
    public String prefix(String instruction) {
        return template.substring(0, template.length() - TEXT.length()).replace(INSTRUCTION, instruction);
    }
}
