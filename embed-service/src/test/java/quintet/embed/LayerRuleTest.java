package quintet.embed;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** api -> pipeline -> {model, port} <- adapter; wire types stop at the edges; the model is plain Java. */
class LayerRuleTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("quintet.embed");

    @Test
    void nobodyImportsAdapters() {
        noClasses()
                .that()
                .resideOutsideOfPackage("quintet.embed.adapter..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("quintet.embed.adapter..")
                .check(CLASSES);
    }

    @Test
    void nobodyImportsEdges() {
        noClasses()
                .that()
                .resideOutsideOfPackage("quintet.embed.api..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("quintet.embed.api..")
                .check(CLASSES);
    }

    @Test
    void adaptersDoNotDecide() {
        noClasses()
                .that()
                .resideInAnyPackage("quintet.embed.adapter..", "quintet.embed.port..", "quintet.embed.model..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("quintet.embed.pipeline..")
                .check(CLASSES);
    }

    @Test
    void wireTypesStopAtTheEdges() {
        noClasses()
                .that()
                .resideInAnyPackage("quintet.embed.pipeline..", "quintet.embed.port..", "quintet.embed.model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "quintet.embed.v1..", "quintet.ingest.v1..", "io.grpc..", "jakarta.ws.rs..", "com.google..")
                .check(CLASSES);
    }

    @Test
    void theModelIsPlain() {
        classes()
                .that()
                .resideInAPackage("quintet.embed.model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("quintet.embed.model..", "java..", "org.jspecify..", "jakarta.validation..")
                .check(CLASSES);
    }
}
