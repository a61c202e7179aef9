package quintet.bench.retrieval;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import javax.imageio.ImageIO;

/** Draws recall against queries per second, the latter on a logarithmic axis: up and to the right is better. */
final class RecallPlot {
    private static final int WIDTH = 1100;
    private static final int HEIGHT = 640;
    private static final int LEFT = 90;
    private static final int RIGHT = 260;
    private static final int TOP = 50;
    private static final int BOTTOM = 70;
    private static final double LEAST_RECALL = 0.7;
    private static final Color[] COLORS = {
        new Color(0x000000),
        new Color(0x777777),
        new Color(0xB0B0B0),
        new Color(0x8C564B),
        new Color(0x1F77B4),
        new Color(0x17BECF),
        new Color(0x2CA02C),
        new Color(0xFF7F0E),
        new Color(0x9467BD),
        new Color(0xD62728)
    };

    private final Graphics2D pen;
    private final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    private final int lowest;
    private final int highest;

    private RecallPlot(List<Curve> curves) {
        pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, WIDTH, HEIGHT);
        double[] speeds = curves.stream()
                .flatMap(curve -> curve.points().stream())
                .filter(point -> point.recall() >= LEAST_RECALL)
                .mapToDouble(Curve.Point::perSecond)
                .sorted()
                .toArray();
        lowest = speeds.length == 0 ? 0 : (int) Math.floor(Math.log10(speeds[0]));
        highest = speeds.length == 0 ? 1 : (int) Math.ceil(Math.log10(speeds[speeds.length - 1]));
    }

    /** Writes a PNG, replacing it. */
    static void write(String title, List<Curve> curves, Path file) throws IOException {
        RecallPlot plot = new RecallPlot(curves);
        plot.axes(title);
        for (int i = 0; i < curves.size(); i++) {
            plot.curve(curves.get(i), COLORS[i % COLORS.length], i);
        }
        plot.pen.dispose();
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (!ImageIO.write(plot.image, "png", file.toFile())) {
            throw new IOException("this JDK writes no PNG");
        }
    }

    private void axes(String title) {
        pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
        pen.setColor(Color.BLACK);
        pen.drawString(title, LEFT, TOP - 20);
        pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        for (int percent = (int) (LEAST_RECALL * 100); percent <= 100; percent += 5) {
            int x = x(percent / 100.0);
            pen.setColor(percent == 95 ? Color.GRAY : new Color(0xE0E0E0));
            pen.drawLine(x, TOP, x, HEIGHT - BOTTOM);
            pen.setColor(Color.BLACK);
            pen.drawString("%.2f".formatted(percent / 100.0), x - 14, HEIGHT - BOTTOM + 20);
        }
        for (int power = lowest; power <= highest; power++) {
            int y = y(Math.pow(10, power));
            pen.setColor(new Color(0xE0E0E0));
            pen.drawLine(LEFT, y, WIDTH - RIGHT, y);
            pen.setColor(Color.BLACK);
            pen.drawString("%,d".formatted((long) Math.pow(10, power)), 30, y + 5);
        }
        pen.drawString("recall@" + VectorSet.K, (LEFT + WIDTH - RIGHT) / 2 - 30, HEIGHT - 25);
        pen.drawString("queries a second of one processor", 12, TOP - 4);
    }

    private void curve(Curve curve, Color color, int number) {
        List<Curve.Point> points = curve.points().stream()
                .filter(point -> point.recall() >= LEAST_RECALL)
                .sorted(Comparator.comparingDouble(Curve.Point::recall))
                .toList();
        pen.setColor(color);
        pen.setStroke(new BasicStroke(2));
        for (int i = 0; i < points.size(); i++) {
            int x = x(points.get(i).recall());
            int y = y(points.get(i).perSecond());
            pen.fillOval(x - 4, y - 4, 8, 8);
            if (i > 0) {
                pen.drawLine(x(points.get(i - 1).recall()), y(points.get(i - 1).perSecond()), x, y);
            }
        }
        int y = TOP + 20 + 24 * number;
        pen.fillRect(WIDTH - RIGHT + 25, y - 9, 22, 5);
        pen.setColor(Color.BLACK);
        pen.drawString(curve.name(), WIDTH - RIGHT + 55, y);
    }

    private static int x(double recall) {
        return (int) Math.round(LEFT + (recall - LEAST_RECALL) / (1 - LEAST_RECALL) * (WIDTH - RIGHT - LEFT));
    }

    private int y(double perSecond) {
        double share = (Math.log10(perSecond) - lowest) / (highest - lowest);
        return (int) Math.round(HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP));
    }
}
