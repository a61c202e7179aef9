package quintet.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The layers: api -> pipeline -> {model, port} <- adapter. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("quintet.ingest");

    @Test
    void layersLookOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("api")
                .definedBy("quintet.ingest.api..")
                .layer("pipeline")
                .definedBy("quintet.ingest.pipeline..")
                .layer("model")
                .definedBy("quintet.ingest.model..")
                .layer("port")
                .definedBy("quintet.ingest.port..")
                .layer("adapter")
                .definedBy("quintet.ingest.adapter..")
                .whereLayer("api")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("adapter")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("pipeline")
                .mayOnlyBeAccessedByLayers("api")
                .whereLayer("port")
                .mayOnlyBeAccessedByLayers("pipeline", "adapter")
                .check(CLASSES);
    }

    @Test
    void modelIsPlain() {
        classes()
                .that()
                .resideInAPackage("quintet.ingest.model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "quintet.ingest.model..")
                .check(CLASSES);
    }

    @Test
    void wireTypesStopAtTheEdges() {
        noClasses()
                .that()
                .resideInAnyPackage("quintet.ingest.pipeline..", "quintet.ingest.model..", "quintet.ingest.port..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "quintet.ingest.v1..",
                        "quintet.retrieve.v1..",
                        "com.google.protobuf..",
                        "io.grpc..",
                        "jakarta.ws.rs..",
                        "org.eclipse.microprofile.reactive.messaging..",
                        "com.rabbitmq..",
                        "java.sql..")
                .check(CLASSES);
    }

    @Test
    void adaptersAreHidden() {
        classes()
                .that()
                .resideInAPackage("quintet.ingest.adapter..")
                .and()
                .areTopLevelClasses()
                .should()
                .notBePublic()
                .check(CLASSES);
    }
}
