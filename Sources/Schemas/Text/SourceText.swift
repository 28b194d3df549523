import Diagnostics

/// Text of the program itself that is read like a file.
enum SourceText {
    static func file(_ text: String) -> SourceFile { SourceFile(path: "", text: text) }
}
