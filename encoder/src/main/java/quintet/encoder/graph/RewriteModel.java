package quintet.encoder.graph;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import quintet.encoder.model.ModelDescriptor;
import quintet.encoder.model.ModelException;
import quintet.encoder.model.ModelPackage;
import quintet.encoder.model.Sha256;

/**
 * Writes the packed, statically quantized graph of a model that is described among the resources of a service, when the service is
 * built: {@code RewriteModel <folder of the rewriting> <folder of the resources> <place of the model in it>}. The same sources give the
 * same bytes everywhere; a file without the SHA-256 that is described fails the build.
 */
public final class RewriteModel {
    private RewriteModel() {}

    /** Writes the file, unless it is there already. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException(
                    "usage: RewriteModel <folder of the rewriting> <folder of the resources> <place of the model in it>");
        }
        String place = arguments[2];
        ModelDescriptor described = ModelPackage.ofResources(place).descriptor();
        Path file = Path.of(arguments[1]).resolve(place).resolve(described.model());
        String expected = described.sha256().orElse("");
        if (Files.isRegularFile(file) && sha256(file).equals(expected)) {
            return;
        }
        byte[] model = Rewrite.of(Path.of(arguments[0])).integers();
        Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        Path made = file.resolveSibling(file.getFileName() + ".tmp");
        Files.write(made, model);
        String actual = Sha256.of(new ByteArrayInputStream(model));
        if (!actual.equals(expected)) {
            throw new ModelException(
                    "model %s: it was rewritten as %s with the SHA-256 %s, %s is described; if another model was meant, describe it"
                            .formatted(described.name(), made, actual, expected));
        }
        Path _ = Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Sha256.of(in);
        }
    }
}
