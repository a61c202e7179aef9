package quintet.bench.modelserver;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Draws tokens a second against the number of streams, both on logarithmic axes, with guesses and without. */
final class LevelPlot {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 560;
    private static final int LEFT = 90;
    private static final int RIGHT = 190;
    private static final int TOP = 50;
    private static final int BOTTOM = 70;
    private static final Color GRID = new Color(0xE0E0E0);
    private static final Color OFF = new Color(0x1F77B4);
    private static final Color ON = new Color(0xD62728);

    private final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    private final Graphics2D pen = image.createGraphics();
    private final List<Level> levels;
    private final double mostStreams;
    private final double least;
    private final double most;

    private LevelPlot(List<Level> levels) {
        this.levels =
                levels.stream().filter(level -> level.tokensPerSecond() > 0).toList();
        mostStreams = this.levels.stream().mapToInt(Level::streams).max().orElse(1);
        least = Math.pow(
                10,
                Math.floor(Math.log10(this.levels.stream()
                        .mapToDouble(Level::tokensPerSecond)
                        .min()
                        .orElse(1))));
        most = Math.pow(
                10,
                Math.ceil(Math.log10(this.levels.stream()
                        .mapToDouble(Level::tokensPerSecond)
                        .max()
                        .orElse(10))));
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, WIDTH, HEIGHT);
    }

    /** Writes a PNG, replacing it. */
    static void write(String title, List<Level> levels, Path file) throws IOException {
        LevelPlot plot = new LevelPlot(levels);
        plot.axes(title);
        plot.curve(false, OFF, 0);
        plot.curve(true, ON, 1);
        plot.pen.dispose();
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (!ImageIO.write(plot.image, "png", file.toFile())) {
            throw new IOException("this JDK writes no PNG");
        }
    }

    private void axes(String title) {
        pen.setColor(Color.BLACK);
        pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
        pen.drawString(title, LEFT, TOP - 20);
        pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        for (int streams = 1; streams <= mostStreams; streams *= 2) {
            pen.setColor(GRID);
            pen.drawLine(x(streams), TOP, x(streams), HEIGHT - BOTTOM);
            pen.setColor(Color.BLACK);
            pen.drawString(Integer.toString(streams), x(streams) - 5, HEIGHT - BOTTOM + 20);
        }
        for (double speed = least; speed <= most * 1.001; speed *= 10) {
            pen.setColor(GRID);
            pen.drawLine(LEFT, y(speed), WIDTH - RIGHT, y(speed));
            pen.setColor(Color.BLACK);
            pen.drawString("%,d".formatted(Math.round(speed)), 30, y(speed) + 5);
        }
        pen.drawString("streams at once", (LEFT + WIDTH - RIGHT) / 2 - 40, HEIGHT - 25);
        pen.drawString("tokens a second", 12, TOP - 4);
    }

    private void curve(boolean speculation, Color color, int number) {
        List<Level> points = levels.stream()
                .filter(level -> level.speculation() == speculation)
                .toList();
        if (points.isEmpty()) {
            return;
        }
        pen.setColor(color);
        pen.setStroke(new BasicStroke(2));
        for (int i = 0; i < points.size(); i++) {
            int x = x(points.get(i).streams());
            int y = y(points.get(i).tokensPerSecond());
            pen.fillOval(x - 4, y - 4, 8, 8);
            if (i > 0) {
                pen.drawLine(x(points.get(i - 1).streams()), y(points.get(i - 1).tokensPerSecond()), x, y);
            }
        }
        int y = TOP + 20 + 24 * number;
        pen.fillRect(WIDTH - RIGHT + 25, y - 9, 22, 5);
        pen.setColor(Color.BLACK);
        pen.drawString(speculation ? "guesses on" : "guesses off", WIDTH - RIGHT + 55, y);
    }

    private int x(double streams) {
        double share = mostStreams <= 1 ? 0.5 : Math.log(streams) / Math.log(mostStreams);
        return (int) Math.round(LEFT + share * (WIDTH - RIGHT - LEFT));
    }

    private int y(double speed) {
        double share = most <= least ? 0.5 : Math.log(speed / least) / Math.log(most / least);
        return (int) Math.round(HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP));
    }
}
