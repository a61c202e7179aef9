package quintet.local.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A plan as the {@code kustomization.yaml} of an overlay beside those of {@code deploy/kustomize/overlays}. */
public final class KustomizeValues {
    private KustomizeValues() {}

    /** The file's text. */
    public static String of(Plan plan) {
        Layout layout = plan.best().layout();
        boolean nodes = layout.nodesOfServer() > 1;
        String server = nodes ? "vllm-nodes" : "vllm";
        List<String> lines = new ArrayList<>(List.of(
                "apiVersion: kustomize.config.k8s.io/v1beta1",
                "kind: Kustomization",
                "namespace: quintet",
                "resources:",
                "  - ../../base/" + server,
                "configMapGenerator:",
                "  - name: vllm-arguments",
                "    behavior: merge",
                "    literals:"));
        for (Map.Entry<String, String> argument : plan.arguments().values().entrySet()) {
            lines.add("      - " + quoted(argument.getKey() + "=" + argument.getValue()));
        }
        lines.addAll(List.of(
                "replicas:",
                "  - name: " + server,
                "    count: " + (nodes ? layout.nodesOfServer() : layout.servers()),
                "patches:",
                "  - target:",
                "      kind: StatefulSet",
                "      name: " + server,
                "    patch: |-",
                "      - op: replace",
                "        path: /spec/template/spec/containers/0/resources/limits/nvidia.com~1gpu",
                "        value: " + layout.gpusOfNode()));
        if (nodes) {
            lines.addAll(List.of(
                    "      - op: replace",
                    "        path: /spec/template/spec/containers/0/env/0/value",
                    "        value: \"" + layout.nodesOfServer() + "\""));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String quoted(String text) {
        return text.matches("[\\w./~=-]+") ? text : "'" + text + "'";
    }
}
