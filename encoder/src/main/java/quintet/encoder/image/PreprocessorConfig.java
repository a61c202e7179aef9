package quintet.encoder.image;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What is read of a {@code preprocessor_config.json}. What it leaves out is as transformers' {@code CLIPImageProcessor} has it.
 *
 * @param shortestEdge what the shorter side is resized to, in pixels
 * @param cropSize side of the square that is cut out of the middle, in pixels, at most {@code shortestEdge}
 * @param rescaleFactor what samples of 0 to 255 are multiplied with
 * @param mean of each channel, subtracted after that
 * @param deviation of each channel, by which the rest is divided
 */
record PreprocessorConfig(
        int shortestEdge, int cropSize, double rescaleFactor, List<Double> mean, List<Double> deviation) {
    private static final int MAX_SIZE = 4096;
    private static final int BICUBIC = 3;
    private static final List<Double> MEAN = List.of(0.48145466, 0.4578275, 0.40821073);
    private static final List<Double> DEVIATION = List.of(0.26862954, 0.26130258, 0.27577711);

    static PreprocessorConfig read(InputStream json) throws IOException {
        int shortestEdge = 224;
        int cropSize = 224;
        double rescaleFactor = 1 / 255.0;
        List<Double> mean = MEAN;
        List<Double> deviation = DEVIATION;
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the preprocessor's file is not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "do_resize", "do_center_crop", "do_rescale", "do_normalize", "do_convert_rgb" -> {
                        if (value != JsonToken.VALUE_TRUE) {
                            throw new IOException("%s is %s, only true is supported".formatted(name, parser.getText()));
                        }
                    }
                    case "resample" -> {
                        if (value != JsonToken.VALUE_NUMBER_INT || parser.getIntValue() != BICUBIC) {
                            throw new IOException(
                                    "resample is %s, only 3 (bicubic) is supported".formatted(parser.getText()));
                        }
                    }
                    case "size" -> shortestEdge = length(parser, name, "shortest_edge");
                    case "crop_size" -> cropSize = length(parser, name, "height", "width");
                    case "rescale_factor" -> rescaleFactor = parser.getDoubleValue();
                    case "image_mean" -> mean = channels(parser, name);
                    case "image_std" -> deviation = channels(parser, name);
                    default -> parser.skipChildren();
                }
            }
        }
        return new PreprocessorConfig(shortestEdge, cropSize, rescaleFactor, mean, deviation).checked();
    }

    /** Returns a sample of 0 to 255 as the model reads it. */
    float normalize(int sample, int channel) {
        float scaled = (float) (sample * rescaleFactor);
        return (scaled - mean.get(channel).floatValue())
                / deviation.get(channel).floatValue();
    }

    private PreprocessorConfig checked() throws IOException {
        if (cropSize < 1 || cropSize > shortestEdge || shortestEdge > MAX_SIZE) {
            throw new IOException("crop_size is %d and size %d, must be at least 1, at most size and at most %d"
                    .formatted(cropSize, shortestEdge, MAX_SIZE));
        }
        if (deviation.contains(0.0)) {
            throw new IOException("image_std is %s, must not have a 0".formatted(deviation));
        }
        return this;
    }

    /** Reads a length: a number, or an object in which all of {@code keys} and nothing else have the same. */
    private static int length(JsonParser parser, String name, String... keys) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return parser.getIntValue();
        }
        List<String> found = new ArrayList<>();
        List<Integer> lengths = new ArrayList<>();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                found.add(parser.currentName());
                parser.nextToken();
                lengths.add(parser.getIntValue());
            }
        }
        if (found.size() != keys.length
                || !found.containsAll(List.of(keys))
                || lengths.stream().distinct().count() != 1) {
            throw new IOException("%s has %s of %s, must be a number or have the same %s"
                    .formatted(name, found, lengths, String.join(" and ", keys)));
        }
        return lengths.getFirst();
    }

    private static List<Double> channels(JsonParser parser, String name) throws IOException {
        List<Double> values = new ArrayList<>();
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                values.add(parser.getDoubleValue());
            }
        }
        if (values.size() != RgbImage.CHANNELS) {
            throw new IOException(
                    "%s is %s, must have a value for each of red, green and blue".formatted(name, values));
        }
        return List.copyOf(values);
    }
}
