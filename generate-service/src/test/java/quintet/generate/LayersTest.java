package quintet.generate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The layer rule: api, then pipeline, then model and port, which adapters implement. */
class LayersTest {
    private final JavaClasses classes = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void layersDependInwards() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("api")
                .definedBy("quintet.generate.api..")
                .layer("pipeline")
                .definedBy("quintet.generate.pipeline..")
                .layer("port")
                .definedBy("quintet.generate.port..")
                .layer("model")
                .definedBy("quintet.generate.model..")
                .layer("adapter")
                .definedBy("quintet.generate.adapter..")
                .whereLayer("api")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("adapter")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("pipeline")
                .mayOnlyBeAccessedByLayers("api")
                .whereLayer("port")
                .mayOnlyBeAccessedByLayers("pipeline", "adapter")
                .check(classes);
    }

    @Test
    void theModelIsPlain() {
        classes()
                .that()
                .resideInAPackage("quintet.generate.model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "jakarta.validation..", "quintet.generate.model..")
                .check(classes);
    }

    @Test
    void wireTypesStopAtTheEdges() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "quintet.generate.pipeline..", "quintet.generate.model..", "quintet.generate.port..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "quintet.*.v1", "io.grpc..", "jakarta.ws.rs..", "dev.langchain4j..", "com.fasterxml.jackson..")
                .check(classes);
    }

    @Test
    void adaptersArePackagePrivate() {
        classes()
                .that()
                .resideInAPackage("quintet.generate.adapter..")
                .should()
                .notBePublic()
                .check(classes);
    }
}
