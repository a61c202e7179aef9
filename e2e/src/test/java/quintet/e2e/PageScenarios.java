package quintet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page in headless Chromium, by keyboard, when Chromium and its driver are installed. */
interface PageScenarios {
    Suite suite();

    @Test
    default void ingestsAFileAndShowsTheSentenceBehindACitation(@TempDir Path folder) throws IOException {
        Path browser = installed("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
        Path driver = installed("/usr/bin/chromedriver", "/usr/lib/chromium-browser/chromedriver");
        assumeTrue(browser != null && driver != null, "no Chromium with its driver is installed");
        Path file = Files.writeString(
                folder.resolve("parking.txt"),
                "Visitors may park in the yard behind the office. The gate to the yard opens at seven in the morning.");
        ChromeDriver chrome = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(driver.toFile())
                        .usingAnyFreePort()
                        .build(),
                options(browser, folder));
        try {
            WebDriverWait wait = new WebDriverWait(chrome, Duration.ofSeconds(60));
            chrome.get(suite().uri("/").toString());
            chrome.findElement(By.id("files")).sendKeys(file.toString());
            wait.until(ExpectedConditions.textMatches(
                    By.cssSelector("#document-list .document .state"),
                    java.util.regex.Pattern.compile("(?i).*(ready|passage).*")));

            chrome.findElement(By.id("question")).sendKeys("When does the gate open?", Keys.ENTER);
            WebElement citation =
                    wait.until(ExpectedConditions.elementToBeClickable(By.cssSelector("#thread .answer .cite")));
            assertThat(chrome.findElement(By.cssSelector("#thread .answer")).getText())
                    .contains("seven");

            citation.sendKeys(Keys.ENTER);
            WebElement sentence =
                    wait.until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector("#passage mark.sentence")));
            assertThat(sentence.getText()).isEqualTo("The gate to the yard opens at seven in the morning.");
            assertThat(chrome.findElement(By.id("passage-title")).getText()).contains("parking");

            chrome.switchTo().activeElement().sendKeys(Keys.ESCAPE);
            wait.until(ExpectedConditions.invisibilityOfElementLocated(By.id("passage")));
            // The collection is not there before its first document: the page takes that for empty, the browser notes a
            // 404.
            assertThat(chrome.manage().logs().get(LogType.BROWSER).getAll())
                    .as("errors in the browser's console")
                    .noneMatch(entry -> entry.getLevel().equals(java.util.logging.Level.SEVERE)
                            && !entry.getMessage().contains("/v1/collections/default/documents?limit="));
        } finally {
            chrome.quit();
        }
    }

    private static ChromeOptions options(Path browser, Path folder) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.toFile());
        options.addArguments(
                "--headless",
                // Wide enough for the documents beside the answers.
                "--window-size=1280,900",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile"));
        options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
        return options;
    }

    private static Path installed(String... places) {
        return Stream.of(places)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }
}
