package quintet.local;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LayersTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("quintet.local");

    @Test
    void commandsKnowTheSuiteTheSuiteKnowsItsPartsAndPartsDoNotKnowEachOther() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("cli")
                .definedBy("quintet.local.cli..")
                .layer("suite")
                .definedBy("quintet.local.suite..")
                .layer("client")
                .definedBy("quintet.local.client..")
                .layer("broker")
                .definedBy("quintet.local.broker..")
                .layer("letters")
                .definedBy("quintet.local.letters..")
                .layer("database")
                .definedBy("quintet.local.database..")
                .layer("door")
                .definedBy("quintet.local.door..")
                .layer("process")
                .definedBy("quintet.local.process..")
                .layer("part")
                .definedBy("quintet.local.part..")
                .layer("plan")
                .definedBy("quintet.local.plan..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("suite")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("client")
                .mayOnlyBeAccessedByLayers("cli", "suite")
                .whereLayer("broker")
                .mayOnlyBeAccessedByLayers("suite", "letters", "cli")
                .whereLayer("letters")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("database")
                .mayOnlyBeAccessedByLayers("suite", "cli")
                .whereLayer("door")
                .mayOnlyBeAccessedByLayers("suite")
                .whereLayer("process")
                .mayOnlyBeAccessedByLayers("broker", "database", "door", "suite", "cli")
                .whereLayer("plan")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("plan")
                .mayNotAccessAnyLayer()
                .check(classes);
    }
}
