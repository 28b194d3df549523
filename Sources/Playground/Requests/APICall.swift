import Diagnostics
import Documents

/// What an endpoint is given.
struct APICall: Sendable {
    var body: [UInt8]
    /// The last part of the path, for endpoints that have one.
    var id: String
    var job: Job

    /// The body as a JSON object. Values do not keep their document: the caller holds on to it.
    func document() throws(PlaygroundError) -> Document {
        let document: Document
        do {
            document = try JSONReader.read(SourceFile(path: "request", bytes: body), keepsPositions: false)
        } catch {
            throw .badRequest("The body is not JSON: \(error.message).")
        }
        guard document.root.kind == .object else { throw .badRequest("The body must be a JSON object.") }
        return document
    }

    /// - Throws: `CancellationError` when nobody waits for the answer any more.
    func checkCancelled() throws {
        if job.isCancelled { throw CancellationError() }
    }
}

/// What an endpoint answers.
struct APIAnswer: Sendable {
    var type = "application/json"
    var bytes: [UInt8]
    /// The name a browser saves it under.
    var fileName: String?

    static func json(_ json: JSON) -> APIAnswer { APIAnswer(bytes: json.bytes) }
}
