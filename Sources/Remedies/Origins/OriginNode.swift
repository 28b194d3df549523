import Diagnostics
import Documents

/// A node of a text that something is built of.
struct OriginNode {
    var file: SourceFile
    /// The number of its document in the file.
    var document: Int
    var path: DocumentPath
    var value: Value
}

/// The texts that builds were made of, read as YAML.
struct OriginTexts {
    private var known: [ObjectIdentifier: (file: SourceFile, documents: [Document])] = [:]

    mutating func documents(of file: SourceFile) -> [Document] {
        if let found = known[ObjectIdentifier(file)] { return found.documents }
        // Read on its own, so that offsets count from the beginning of the text.
        let documents = OriginText.read(SourceFile(path: file.path, bytes: file.bytes)).documents
        known[ObjectIdentifier(file)] = (file, documents)
        return documents
    }

    /// The nodes that begin at the start of a range; outer ones first.
    mutating func nodes(at range: SourceRange) -> [OriginNode] {
        var found: [OriginNode] = []
        for (number, document) in documents(of: range.file).enumerated() {
            Self.visit(document.root, document.rootSpan, [], at: range.start) { path, value in
                found.append(OriginNode(file: range.file, document: number, path: DocumentPath(path), value: value))
            }
        }
        return found
    }

    /// Whether a range lies inside of a text in block style or in quotes, which is no YAML of the file.
    mutating func isInsideText(_ range: SourceRange) -> Bool {
        documents(of: range.file).contains { document in
            Self.isInsideText(document.root, document.rootSpan, range.start)
        }
    }

    private static func isInsideText(_ value: Value, _ span: ByteSpan, _ offset: UInt32) -> Bool {
        switch value.kind {
        case .object:
            value.entries(madeAt: span).contains { entry in
                entry.valueSpan.start <= offset && offset <= entry.valueSpan.end
                    && isInsideText(entry.value, entry.valueSpan, offset)
            }
        case .array:
            value.items(madeAt: span).contains { item in
                item.span.start <= offset && offset <= item.span.end && isInsideText(item.value, item.span, offset)
            }
        case .string: span.start < offset && offset < span.end
        default: false
        }
    }

    private static func visit(
        _ value: Value, _ span: ByteSpan, _ path: [DocumentPath.Step], at offset: UInt32,
        _ body: ([DocumentPath.Step], Value) -> Void
    ) {
        if span.start == offset { body(path, value) }
        switch value.kind {
        case .object:
            for entry in value.entries(madeAt: span) where entry.valueSpan.start <= offset && offset <= entry.valueSpan.end {
                visit(entry.value, entry.valueSpan, path + [.key(entry.key.stringValue ?? "")], at: offset, body)
            }
        case .array:
            for (index, item) in value.items(madeAt: span).enumerated() where item.span.start <= offset && offset <= item.span.end
            {
                visit(item.value, item.span, path + [.index(index)], at: offset, body)
            }
        default: break
        }
    }
}
