import Diagnostics
import Documents
import NIOCore
import NIOHTTP1

/// The input document of a `/v1/data` or `/v0/data` request.
struct DataInput {
    /// Why a request has no usable input.
    struct Problem: Error {
        var message: String
    }

    /// Owns `value`.
    let document: Document
    /// Undefined when the request gives none.
    let value: Value
    /// The input itself, for logs.
    var logged: Document { Document(arena: Arena.make(), root: value, owner: document) }
    /// Whether there is a body, but no `input` in it.
    let isMissing: Bool

    static func read(_ request: ServerRequest, _ style: DataController.Style) -> Result<DataInput, Problem> {
        if request.method != .POST {
            guard let text = request.parameter("input") else { return .success(none(isMissing: false)) }
            return parse(Array(text.utf8), isYAML: false, what: "parameter").map {
                DataInput(document: $0, value: $0.root, isMissing: false)
            }
        }
        if request.body.readableBytes == 0 { return .success(none(isMissing: false)) }
        let type = request.headers.first(name: "Content-Type")?.lowercased() ?? ""
        return parse(Array(request.body.readableBytesView), isYAML: type.contains("yaml"), what: "body").flatMap { document in
            if style == .plain { return .success(DataInput(document: document, value: document.root, isMissing: false)) }
            guard document.root.kind == .object else {
                return .failure(Problem(message: "body contains malformed input document: an object with input is expected"))
            }
            let input = document.root.field("input")
            return .success(DataInput(document: document, value: input, isMissing: input.isUndefined))
        }
    }

    private static func none(isMissing: Bool) -> DataInput {
        DataInput(document: Document { _ in .null }, value: .undefined, isMissing: isMissing)
    }

    private static func parse(_ bytes: [UInt8], isYAML: Bool, what: String) -> Result<Document, Problem> {
        let source = SourceFile(path: what, bytes: bytes)
        if isYAML {
            let stream = YAMLReader().read(source)
            if let problem = stream.diagnostics.first {
                return .failure(Problem(message: "\(what) contains malformed input document: \(problem.message)"))
            }
            return .success(stream.documents.first ?? Document { _ in .null })
        }
        return Result { () throws(JSONError) in try JSONReader.read(source, keepsPositions: false) }
            .mapError { Problem(message: "\(what) contains malformed input document: \($0.message)") }
    }
}
