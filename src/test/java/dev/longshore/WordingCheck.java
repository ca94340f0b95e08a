package dev.longshore;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;
import javax.lang.model.element.Name;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** Collects where pages, and the texts and names in Java sources, do not use the words of {@link Wording}. */
final class WordingCheck {
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\\n]*`");
    private static final Pattern CAMEL_HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|_");

    private final Set<String> found = new LinkedHashSet<>();
    private int checked;

    Set<String> found() {
        return found;
    }

    /** How many texts and names were checked: a check of nothing finds nothing. */
    int checked() {
        return checked;
    }

    void page(Path file) throws IOException {
        var text = Files.readString(file);
        var isMarkdown = file.toString().endsWith(".md");
        // Of the same length, so that the lines are right.
        var prose = isMarkdown
                ? CODE.matcher(text).replaceAll(code -> "`".repeat(code.group().length()))
                : text;
        IntUnaryOperator line = offset -> 1
                + (int) text.chars()
                        .limit(offset)
                        .filter(character -> character == '\n')
                        .count();
        check(file, line, text, Wording.PHRASES);
        check(file, line, prose, Wording.SPELLINGS);
    }

    void literals(Iterable<? extends JavaFileObject> sources) throws IOException {
        scan(sources, Literals::new);
    }

    void names(Iterable<? extends JavaFileObject> sources) throws IOException {
        scan(sources, Names::new);
    }

    private void check(Path file, IntUnaryOperator line, String text, List<Wording> wordings) {
        checked++;
        for (var wording : wordings) {
            wording.pattern()
                    .matcher(text)
                    .results()
                    .forEach(match -> found.add("%s: '%s' in line %d of %s: better: %s"
                            .formatted(
                                    file.getFileName(),
                                    match.group().replaceAll("\\s+", " "),
                                    line.applyAsInt(match.start()),
                                    file,
                                    wording.better())));
        }
    }

    private void scan(
            Iterable<? extends JavaFileObject> sources,
            BiFunction<CompilationUnitTree, SourcePositions, Scanner> scanner)
            throws IOException {
        var task = (JavacTask)
                ToolProvider.getSystemJavaCompiler().getTask(null, null, null, List.of("-proc:none"), null, sources);
        var positions = Trees.instance(task).getSourcePositions();
        for (var unit : task.parse()) {
            scanner.apply(unit, positions).scan(unit, null);
        }
    }

    private abstract class Scanner extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;

        Scanner(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
        }

        void check(Tree at, String text, List<Wording> wordings) {
            var line = (int) unit.getLineMap().getLineNumber(positions.getStartPosition(unit, at));
            WordingCheck.this.check(Path.of(unit.getSourceFile().getName()), offset -> line, text, wordings);
        }
    }

    /** With what they are joined to by {@code +}. */
    private final class Literals extends Scanner {
        private Literals(CompilationUnitTree unit, SourcePositions positions) {
            super(unit, positions);
        }

        @Override
        public Void visitBinary(BinaryTree binary, Void nothing) {
            if (binary.getKind() == Tree.Kind.PLUS) {
                checkText(binary, joined(binary));
            }
            return super.visitBinary(binary, nothing);
        }

        @Override
        public Void visitLiteral(LiteralTree literal, Void nothing) {
            checkText(literal, joined(literal));
            return null;
        }

        private void checkText(Tree at, String text) {
            check(at, text, Wording.PHRASES);
            check(at, text, Wording.SPELLINGS);
        }

        private static String joined(ExpressionTree part) {
            if (part instanceof ParenthesizedTree parentheses) {
                return joined(parentheses.getExpression());
            }
            if (part instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
                return joined(sum.getLeftOperand()) + joined(sum.getRightOperand());
            }
            return part instanceof LiteralTree literal && literal.getValue() instanceof String text ? text : "…";
        }
    }

    private final class Names extends Scanner {
        private Names(CompilationUnitTree unit, SourcePositions positions) {
            super(unit, positions);
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            checkName(type, type.getSimpleName());
            return super.visitClass(type, nothing);
        }

        /** The name of a test is a sentence. */
        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            if (method.getModifiers().getAnnotations().stream()
                    .noneMatch(annotation ->
                            annotation.getAnnotationType().toString().endsWith("Test"))) {
                checkName(method, method.getName());
            }
            return super.visitMethod(method, nothing);
        }

        @Override
        public Void visitVariable(VariableTree variable, Void nothing) {
            checkName(variable, variable.getName());
            return super.visitVariable(variable, nothing);
        }

        /** Such as the name of a thread or an event source. */
        @Override
        public Void visitNewClass(NewClassTree created, Void nothing) {
            for (var argument : created.getArguments()) {
                if (argument instanceof LiteralTree literal
                        && literal.getValue() instanceof String text
                        && !text.contains(" ")) {
                    check(argument, text, Wording.NAMES);
                }
            }
            return super.visitNewClass(created, nothing);
        }

        private void checkName(Tree at, Name name) {
            var humps = CAMEL_HUMP.split(name);
            for (var i = 0; i < humps.length; i++) {
                check(at, humps[i], Wording.NAMES);
                if (i > 0) {
                    check(at, humps[i - 1] + humps[i], Wording.NAMES);
                }
            }
        }
    }
}
