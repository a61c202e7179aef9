package quintet.rerank;

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
            .importPackages("quintet.rerank");

    @Test
    void nobodyImportsAdapters() {
        noClasses()
                .that()
                .resideOutsideOfPackage("quintet.rerank.adapter..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("quintet.rerank.adapter..")
                .check(CLASSES);
    }

    @Test
    void nobodyImportsEdges() {
        noClasses()
                .that()
                .resideOutsideOfPackage("quintet.rerank.api..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("quintet.rerank.api..")
                .check(CLASSES);
    }

    @Test
    void adaptersDoNotDecide() {
        noClasses()
                .that()
                .resideInAnyPackage("quintet.rerank.adapter..", "quintet.rerank.port..", "quintet.rerank.model..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("quintet.rerank.pipeline..")
                .check(CLASSES);
    }

    @Test
    void wireTypesStopAtTheEdges() {
        noClasses()
                .that()
                .resideInAnyPackage("quintet.rerank.pipeline..", "quintet.rerank.port..", "quintet.rerank.model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("quintet.rerank.v1..", "io.grpc..", "jakarta.ws.rs..", "com.google..")
                .check(CLASSES);
    }

    @Test
    void theModelIsPlain() {
        classes()
                .that()
                .resideInAPackage("quintet.rerank.model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("quintet.rerank.model..", "java..", "org.jspecify..", "jakarta.validation..")
                .check(CLASSES);
    }
}
