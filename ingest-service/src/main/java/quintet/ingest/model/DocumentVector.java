package quintet.ingest.model;

import java.util.List;

/** The direction that a document's text points in: a unit vector of one model's revision. Immutable. */
public final class DocumentVector {
    private final String model;
    private final float[] values;

    /**
     * Copies the values.
     *
     * @param model name and revision of the model
     * @param values of unit length, within rounding
     */
    public DocumentVector(String model, float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        if (!(Math.abs(squares - 1) < 1e-2)) {
            throw new IllegalArgumentException("the vector's length is %s, must be 1".formatted(Math.sqrt(squares)));
        }
        this.model = model;
        this.values = values.clone();
    }

    /** Returns the normalised mean of vectors of one dimension, at least one. */
    public static DocumentVector mean(String model, List<float[]> vectors) {
        float[] sum = new float[vectors.getFirst().length];
        for (float[] vector : vectors) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += vector[i];
            }
        }
        double squares = 0;
        for (float value : sum) {
            squares += (double) value * value;
        }
        float scale = (float) (1 / Math.sqrt(squares));
        for (int i = 0; i < sum.length; i++) {
            sum[i] *= scale;
        }
        return new DocumentVector(model, sum);
    }

    /** Returns name and revision of the model. */
    public String model() {
        return model;
    }

    /** Returns a copy of the values. */
    public float[] toArray() {
        return values.clone();
    }

    /** Returns the cosine of the angle to another vector of the same model, -1 to 1. */
    public double cosine(DocumentVector other) {
        if (!other.model.equals(model) || other.values.length != values.length) {
            throw new IllegalArgumentException("vectors of %s and %s never meet".formatted(model, other.model));
        }
        float sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * other.values[i];
        }
        return Math.clamp(sum, -1.0, 1.0);
    }
}
