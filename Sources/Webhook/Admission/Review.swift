import Documents
import NIOCore
import NIOHTTP1

/// An AdmissionReview as it came in, with what the answer repeats of it.
struct Review {
    /// Why a body is no review.
    struct Problem: Error {
        var message: String
    }

    private(set) var document: Document
    let apiVersion: String
    let uid: String

    static let versions = ["admission.k8s.io/v1", "admission.k8s.io/v1beta1"]

    /// Reads a body; unknown members are left alone.
    static func read(_ body: ByteBuffer) -> Result<Review, Problem> {
        let arena = Arena.make(capacity: body.readableBytes * 3 + 1024)
        let result = body.withUnsafeReadableBytes { bytes -> Result<Value, JSONError> in
            Result { () throws(JSONError) in
                try JSONReader.value(bytes.bindMemory(to: UInt8.self), in: arena, limits: .standard)
            }
        }
        switch result {
        case .failure(let error):
            arena.destroy()
            return .failure(Problem(message: "the body is not JSON: \(error.message)"))
        case .success(let root): return review(Document(arena: arena, root: root))
        }
    }

    private static func review(_ document: Document) -> Result<Review, Problem> {
        let root = document.root
        guard root.field("kind").stringValue == "AdmissionReview",
            let version = root.field("apiVersion").stringValue, versions.contains(version)
        else {
            return .failure(Problem(message: "the body is not an AdmissionReview of \(versions.joined(separator: " or "))"))
        }
        let request = root.field("request")
        guard request.kind == .object else { return .failure(Problem(message: "the AdmissionReview has no request")) }
        guard let uid = request.field("uid").stringValue else {
            return .failure(Problem(message: "request.uid is not a string"))
        }
        return .success(Review(document: document, apiVersion: version, uid: uid))
    }

    /// Puts the Namespace of the object into the request.
    mutating func addNamespace(_ find: (String) -> Document?) {
        let name = document.root.field("request").field("namespace").stringValue ?? ""
        document = NamespaceObject.added(to: document, name.isEmpty ? nil : find(name))
    }

    /// An answer that refuses the request although no policy does.
    func refusal(code: Int, reason: String, message: String) -> ServerResponse {
        ServerResponse(.ok, body: ReviewAnswer(refusal: message, code: code, reason: reason).body(for: self))
    }
}
