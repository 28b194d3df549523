package import Diagnostics
package import Documents
package import Inputs

/// What was made of a chart or a kustomization whose files are texts in memory.
package struct TextBuild: Sendable {
    /// A text that a line of the output comes from.
    package struct Place: Sendable, Hashable {
        package var range: SourceRange
        /// Such as `value`, `template` or `patch`.
        package var role: String

        package init(_ range: SourceRange, _ role: String) { (self.range, self.role) = (range, role) }
    }

    /// One object of the output.
    package struct Object: Sendable {
        /// The object, each node with its place in the files.
        package var document: Document
        /// The file that it is counted to.
        package var path: String
        /// Its own text, and the line of the whole text at which it begins, from 0.
        package var text: [UInt8]
        package var firstLine: Int

        /// What finds lines of values in the whole text.
        package var lines: ValueLines { ValueLines(self) }
    }

    /// Finds the lines of an object's values in the text of its build.
    package struct ValueLines {
        private let firstLine: Int
        /// The object's own text as a document; nil when it cannot be read.
        private let document: Document?
        private let source: SourceFile

        init(_ object: Object) {
            firstLine = object.firstLine
            source = SourceFile(path: object.path, bytes: object.text)
            document = try? YAMLReader.document(source)
        }

        /// The line at which the value at a path stands, from 0; of a missing one that of the nearest node above.
        package func line(of path: DocumentPath) -> Int {
            guard let document else { return firstLine }
            return document.withRoot { _ in
                let place = document.place(at: path)
                return firstLine + source.line(at: Int((place.keySpan ?? place.span).start)) - 1
            }
        }
    }

    package var record: BuildRecord
    package var objects: [Object] = []
    /// The text as `helm template` or `kustomize build` prints it; as far as it came when it cannot be read.
    package private(set) var text: [UInt8] = []
    /// For each line of the text the places that it comes from, what is most likely to be changed first.
    package private(set) var lines: [[Place]] = []
    package var problems: [Diagnostic] = []
    /// The files that took part, as absolute paths.
    package var used: Set<String> = []

    init(_ record: BuildRecord) { self.record = record }

    /// Appends whole lines, which come from nowhere.
    mutating func append(_ text: String) { append(Array(text.utf8), []) }

    /// Appends lines with what they come from, and a line break when the last one has none.
    mutating func append(_ bytes: [UInt8], _ origins: [[Place]]) {
        text += bytes
        if let last = bytes.last, last != 0x0A { text.append(0x0A) }
        let count = bytes.count { $0 == 0x0A } + (bytes.last == 0x0A || bytes.isEmpty ? 0 : 1)
        lines += (0..<count).map { $0 < origins.count ? origins[$0] : [] }
    }
}
