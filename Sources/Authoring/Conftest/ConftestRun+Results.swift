import Diagnostics
import Documents
import Rego
import RegoRuntime

/// Why the value of a rule holds no results.
struct ConftestProblem: Error {
    var message: String
}

extension ConftestRun {
    /// What was judged, to find lines in.
    struct Place {
        var document: Document
        var path: String
        /// What the document is a list of, when it is `[{path, contents}]`.
        var documents: [(path: String, document: Document)]?
    }

    /// The results in the value of a rule: a list or set of texts, or of objects with `msg`; none for `false` and `null`.
    func read(
        _ value: Value, of rule: String, _ place: Place, origins: () -> [(element: Value, path: DocumentPath)]
    ) throws(ConftestProblem) -> [ConftestResults.Result] {
        switch value.kind {
        case .set, .array: break
        case .null: return []
        case .bool where !value.isTrue: return []
        default:
            let text = value.writtenSize(upTo: 200) > 200 ? "a \(value.typeName)" : JSONWriter.string(value)
            throw ConftestProblem(message: "\(rule) is \(text); a set of messages is expected: write \"contains\"")
        }
        var known: [Value: DocumentPath]?
        var results: [ConftestResults.Result] = []
        for element in value.elements {
            var result = ConftestResults.Result(message: try Self.message(of: element, rule), file: place.path)
            let stated = element.kind == .object ? element.field("_loc") : .undefined
            if stated.kind == .object, stated.field("line").isNumber || stated.field("file").stringValue != nil {
                result.file = stated.field("file").stringValue ?? place.path
                result.line = stated.field("line").integerValue.map { Int(clamping: $0) }
            } else {
                let paths = known ?? Dictionary(origins().map { ($0.element, $0.path) }) { first, _ in first }
                known = paths
                if let path = paths[element] { (result.file, result.line) = Self.line(of: path, place) }
            }
            if element.kind == .object {
                for (key, member) in zip(element.keys, element.values) {
                    guard let name = key.stringValue, name != "msg", name != "_loc" else { continue }
                    result.metadata.append((name, JSONWriter.string(member)))
                }
            }
            result.metadata.removeAll { $0.name == "query" }
            result.metadata.append(("query", "\"\(rule)\""))
            result.metadata.sort { $0.name < $1.name }
            results.append(result)
        }
        return results
    }

    private static func message(of element: Value, _ rule: String) throws(ConftestProblem) -> String {
        if let text = element.stringValue { return text }
        if element.kind == .object, let text = element.field("msg").stringValue { return text }
        let text = element.writtenSize(upTo: 200) > 200 ? "a long \(element.typeName)" : JSONWriter.string(element)
        throw ConftestProblem(message: "\(rule) holds \(text); a string or an object with a string msg is expected")
    }

    /// The file and line that a path leads to, or its nearest parent that is there.
    private static func line(of path: DocumentPath, _ place: Place) -> (String, Int?) {
        var (document, file, steps) = (place.document, place.path, path.steps)
        if let documents = place.documents {
            guard case .index(let index)? = steps.first, documents.indices.contains(index) else { return (file, nil) }
            (document, file) = (documents[index].document, documents[index].path)
            steps = Array(steps.dropFirst(2))
        }
        let found = document.place(at: DocumentPath(steps), keepsMissingSteps: false)
        var span = found.span
        if found.value.isCollection || found.path.steps.count < steps.count, let key = found.keySpan { span = key }
        guard document.source != nil else { return (file, nil) }
        let range = document.range(span) ?? document.range(document.rootSpan)
        return (file, range?.position.line)
    }
}
