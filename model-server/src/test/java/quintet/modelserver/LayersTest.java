package quintet.modelserver;

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
                .definedBy("quintet.modelserver.api..")
                .layer("pipeline")
                .definedBy("quintet.modelserver.pipeline..")
                .layer("port")
                .definedBy("quintet.modelserver.port..")
                .layer("model")
                .definedBy("quintet.modelserver.model..")
                .layer("adapter")
                .definedBy("quintet.modelserver.adapter..")
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
                .resideInAPackage("quintet.modelserver.model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "jakarta.validation..", "quintet.modelserver.model..")
                .check(classes);
    }

    @Test
    void wireTypesStopAtTheEdges() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "quintet.modelserver.pipeline..", "quintet.modelserver.model..", "quintet.modelserver.port..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.ws.rs..", "com.fasterxml.jackson..")
                .check(classes);
    }

    @Test
    void adaptersArePackagePrivate() {
        classes()
                .that()
                .resideInAPackage("quintet.modelserver.adapter..")
                .should()
                .notBePublic()
                .check(classes);
    }
}
