package dev.longshore;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Every Java file has fewer than 250 lines, every method and initializer fewer than 40: with its annotations and the lambdas in
 * it, without its Javadoc.
 */
class SizesTest {
    private static final int FILE_LIMIT = 250;
    private static final int METHOD_LIMIT = 40;
    private static final List<Path> ROOTS =
            List.of(Path.of("src", "main", "java"), Path.of("src", "test", "java"), Path.of("bench"));

    @Test
    void filesAndMethodsAreShort() throws IOException {
        assertThat(tooLong())
                .as("files of %d lines or more and methods of %d or more, with their lines", FILE_LIMIT, METHOD_LIMIT)
                .isEmpty();
    }

    @Test
    void thereAreFilesInEachFolder() throws IOException {
        assertThat(ROOTS).allSatisfy(root -> assertThat(sources()).anyMatch(source -> source.startsWith(root)));
    }

    private static List<Path> sources() throws IOException {
        var sources = new ArrayList<Path>();
        for (var root : ROOTS) {
            try (var files = Files.walk(root)) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }

    private static TreeMap<String, Long> tooLong() throws IOException {
        var sources = sources();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            var found = new TooLong(Trees.instance(task).getSourcePositions());
            for (var source : sources) {
                try (var lines = Files.lines(source)) {
                    found.check(source.getFileName().toString(), lines.count(), FILE_LIMIT);
                }
            }
            task.parse().forEach(unit -> found.scan(unit, unit));
            return found.lines;
        }
    }

    /** The lines of each, by {@code file} or {@code file#method}. */
    private static final class TooLong extends TreeScanner<Void, CompilationUnitTree> {
        private final TreeMap<String, Long> lines = new TreeMap<>();
        private final SourcePositions positions;

        private TooLong(SourcePositions positions) {
            this.positions = positions;
        }

        @Override
        public Void visitMethod(MethodTree method, CompilationUnitTree unit) {
            check(method, method.getName(), unit);
            return super.visitMethod(method, unit);
        }

        @Override
        public Void visitClass(ClassTree type, CompilationUnitTree unit) {
            for (var member : type.getMembers()) {
                if (member.getKind() == Tree.Kind.BLOCK) {
                    check(member, "initializer of " + type.getSimpleName(), unit);
                }
            }
            return super.visitClass(type, unit);
        }

        private void check(Tree member, CharSequence name, CompilationUnitTree unit) {
            var file = Path.of(unit.getSourceFile().getName()).getFileName();
            var first = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, member));
            var last = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, member));
            check(file + "#" + name, last - first + 1, METHOD_LIMIT);
        }

        private void check(String what, long actual, int limit) {
            if (actual >= limit) {
                lines.merge(what, actual, Math::max);
            }
        }
    }
}
