package dev.longshore.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.TableLib;

/**
 * What Argo CD says of a resource with the checks of {@code examples/argocd}.
 *
 * @param status Healthy, Progressing, Degraded or Suspended
 */
public record ArgoHealth(String status, String message) {
    private static final Path EXAMPLE = Path.of("examples/argocd/argocd-cm.yaml");
    private static final Map<String, String> CHECKS = checks();

    public static ArgoHealth of(HasMetadata resource) {
        var check = CHECKS.get("resource.customizations.health.longshore.dev_" + resource.getKind());
        var lua = interpreter();
        lua.set("obj", value(new KubernetesSerialization().convertValue(resource, JsonNode.class)));
        var health = lua.load(check, resource.getKind()).call();
        return new ArgoHealth(
                health.get("status").checkjstring(), health.get("message").checkjstring());
    }

    /** Argo CD's own has no other libraries, not even that of strings. */
    private static Globals interpreter() {
        var lua = new Globals();
        lua.load(new BaseLib());
        lua.load(new PackageLib());
        lua.load(new TableLib());
        LoadState.install(lua);
        LuaC.install(lua);
        return lua;
    }

    private static LuaValue value(JsonNode json) {
        return switch (json.getNodeType()) {
            case OBJECT -> {
                var table = new LuaTable();
                json.properties().forEach(field -> table.set(field.getKey(), value(field.getValue())));
                yield table;
            }
            case ARRAY -> {
                var table = new LuaTable();
                for (var index = 0; index < json.size(); index++) {
                    table.set(index + 1, value(json.get(index)));
                }
                yield table;
            }
            case STRING -> LuaValue.valueOf(json.textValue());
            case NUMBER -> LuaValue.valueOf(json.doubleValue());
            case BOOLEAN -> LuaValue.valueOf(json.booleanValue());
            case NULL, MISSING, BINARY, POJO -> LuaValue.NIL;
        };
    }

    private static Map<String, String> checks() {
        try {
            return new YAMLMapper().readValue(EXAMPLE.toFile(), ConfigMap.class).getData();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
