package quintet.local.plan.model;

import quintet.failure.Failure;

/** Counts the parameters of SigLIP (Zhai et al. 2023) as Gemma 3 uses it, and of the matrix that leads to the text model. */
final class VisionCounter {
    private static final int COLORS = 3;

    private VisionCounter() {}

    static long count(ConfigFields vision, long textHidden) {
        if (!vision.text("model_type").equals("siglip_vision_model")) {
            throw Failure.invalidInput(
                    "UNKNOWN_MODEL_TYPE",
                    "vision_config of %s is of type \"%s\"; known is siglip_vision_model",
                    vision.source(),
                    vision.text("model_type"));
        }
        long hidden = vision.positive("hidden_size", ConfigFields.MAX_SIZE);
        long inner = vision.positive("intermediate_size", ConfigFields.MAX_INNER);
        long layers = vision.positive("num_hidden_layers", ConfigFields.MAX_LAYERS);
        long patch = vision.positive("patch_size", ConfigFields.MAX_SIZE);
        long side = vision.positive("image_size", ConfigFields.MAX_SIZE) / patch;
        long embedding = COLORS * patch * patch * hidden + hidden + side * side * hidden;
        long attention = 4 * (hidden * hidden + hidden);
        long feedForward = 2 * hidden * inner + inner + hidden;
        long norms = 2 * 2 * hidden;
        long projector = hidden * textHidden + hidden;
        return embedding + layers * (attention + feedForward + norms) + 2 * hidden + projector;
    }
}
