package quintet.retrieve;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(
                        "quintet.retrieve.api",
                        "quintet.retrieve.pipeline",
                        "quintet.retrieve.model",
                        "quintet.retrieve.port",
                        "quintet.retrieve.adapter");
    }

    @Test
    void layersDependInOneDirection() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("api")
                .definedBy("quintet.retrieve.api..")
                .layer("pipeline")
                .definedBy("quintet.retrieve.pipeline..")
                .layer("model")
                .definedBy("quintet.retrieve.model..")
                .layer("port")
                .definedBy("quintet.retrieve.port..")
                .layer("adapter")
                .definedBy("quintet.retrieve.adapter..")
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
    void theModelIsPlainJava() {
        classes()
                .that()
                .resideInAPackage("quintet.retrieve.model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "org.jspecify.annotations..", "jakarta.validation..", "quintet.retrieve.model..")
                .check(classes);
    }

    @Test
    void wireTypesAndTechnologiesStopAtTheEdges() {
        noClasses()
                .that()
                .resideInAnyPackage("quintet.retrieve.pipeline..", "quintet.retrieve.port..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "quintet.retrieve.v1..",
                        "quintet.embed.v1..",
                        "quintet.ingest.v1..",
                        "io.grpc..",
                        "jakarta.ws.rs..",
                        "org.eclipse.microprofile.reactive..",
                        "org.apache.lucene..",
                        "com.rabbitmq..")
                .check(classes);
    }

    @Test
    void luceneStaysInItsAdapter() {
        noClasses()
                .that()
                .resideOutsideOfPackage("quintet.retrieve.adapter.lucene..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.lucene..")
                .check(classes);
    }

    @Test
    void qdrantStaysInItsAdapter() {
        noClasses()
                .that()
                .resideOutsideOfPackage("quintet.retrieve.adapter.qdrant..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.qdrant..")
                .check(classes);
    }

    @Test
    void adaptersAreHidden() {
        noClasses()
                .that()
                .resideInAPackage("quintet.retrieve.adapter..")
                .and()
                .areTopLevelClasses()
                .and()
                .areNotAssignableTo("org.apache.lucene.codecs.KnnVectorsFormat")
                .should()
                .bePublic()
                .because("only Lucene's formats are looked up as services, which must be public")
                .check(classes);
    }
}
