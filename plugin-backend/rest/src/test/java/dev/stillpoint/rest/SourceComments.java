package dev.stillpoint.rest;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The documentation comments of source files: what the API's document says in words. */
final class SourceComments extends TreePathScanner<Void, String> {

  private final DocTrees trees;
  private final Map<String, Comment> comments;

  /**
   * A comment in plain text; code stands in back quotes.
   *
   * @param first its first sentence, without the dot
   * @param rest what comes after it
   * @param parameters what it says of parameters or components, by name
   */
  record Comment(String first, String rest, Map<String, String> parameters) {

    static final Comment NONE = new Comment("", "", Map.of());

    String whole() {
      return first.isEmpty() || rest.isEmpty() ? first + rest : first + ". " + rest;
    }
  }

  private SourceComments(DocTrees trees, Map<String, Comment> comments) {
    this.trees = trees;
    this.comments = comments;
  }

  /** Those of all sources in a folder, and in the folders below it. */
  static Map<String, Comment> read(Path folder) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Map<String, Comment> found = new HashMap<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.walk(folder)) {
      List<Path> java = sources.filter(file -> file.toString().endsWith(".java")).toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(java));
      SourceComments scanner = new SourceComments(DocTrees.instance(task), found);
      for (CompilationUnitTree unit : task.parse()) {
        scanner.scan(unit, unit.getPackageName().toString());
      }
    }
    return found;
  }

  /** Of a class, or of a method or field of it. */
  static Comment of(Map<String, Comment> comments, Class<?> type, String member) {
    return comments.getOrDefault(
        type.getCanonicalName() + (member.isEmpty() ? "" : "#" + member), Comment.NONE);
  }

  @Override
  public Void visitClass(ClassTree tree, String outer) {
    String name = outer + "." + tree.getSimpleName();
    keep(name);
    return super.visitClass(tree, name);
  }

  @Override
  public Void visitMethod(MethodTree tree, String type) {
    keep(type + "#" + tree.getName());
    return super.visitMethod(tree, type);
  }

  @Override
  public Void visitVariable(VariableTree tree, String type) {
    keep(type + "#" + tree.getName());
    return super.visitVariable(tree, type);
  }

  private void keep(String name) {
    DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
    if (comment == null) {
      return;
    }
    Map<String, String> parameters =
        comment.getBlockTags().stream()
            .flatMap(tag -> tag instanceof ParamTree one ? Stream.of(one) : Stream.empty())
            .collect(
                Collectors.toMap(
                    one -> one.getName().toString(), one -> text(one.getDescription())));
    String first = text(comment.getFirstSentence()).replaceAll("[.:]$", "");
    comments.put(name, new Comment(first, text(comment.getBody()), parameters));
  }

  private static String text(List<? extends DocTree> parts) {
    return parts.stream()
        .flatMap(part -> words(part).stream())
        .collect(Collectors.joining())
        .replaceAll("\\s+", " ")
        .strip();
  }

  private static Optional<String> words(DocTree part) {
    if (part instanceof TextTree text) {
      return Optional.of(text.getBody());
    }
    if (part instanceof LiteralTree code) {
      return Optional.of("`" + code.getBody().getBody().strip() + "`");
    }
    if (part instanceof LinkTree link) {
      return Optional.of(link.getReference().getSignature().replaceAll("^#", ""));
    }
    // What is left are tags: paragraphs become one.
    return part instanceof EntityTree ? Optional.of(part.toString()) : Optional.of(" ");
  }
}
