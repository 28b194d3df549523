import Diagnostics
import Documents
import Inputs
import Judging
import Renderings

/// One object of the input: a Kubernetes object, the object of an AdmissionReview, or any other document.
struct InputObject {
    let index: Int
    let file: String
    let documentIndex: Int
    /// The object with places in its file.
    let document: Document
    /// The AdmissionReview that holds it; nil for a manifest.
    let review: Document?
    let type: GroupVersionKind
    let namespace: String?
    let name: String
    /// What built it: the number of the build, and the object there; nil for one that stands in a file.
    var built: (build: Int, object: TextBuild.Object)?
    /// Its number among the objects of its file; nil for one that was built and for that of a review.
    var numberInFile: Int?

    /// `Deployment shop/web`, or the file's name for a document that is no Kubernetes object.
    var title: String {
        if type.kind.isEmpty { return "\(file) #\(documentIndex + 1)" }
        return "\(type.kind) \(namespace.map { $0 + "/" } ?? "")\(name.isEmpty ? "(no name)" : name)"
    }

    /// The object as checks judge it, in the request of `admission` or of its own review. Policies that judge objects
    /// look at it whatever the operation: the page shows what they would say.
    func subject(_ admission: RequestSettings) -> Subject {
        let operation = Judging.AdmissionRequest.Operation(rawValue: admission.operation) ?? .create
        return Subject(resource, Circumstances(operation: operation, review: admission.review(of: self)))
    }

    var resource: Resource {
        Resource(
            document: document, type: type, namespace: namespace, name: name, path: file, documentIndex: documentIndex,
            itemPath: [])
    }

    var json: JSON {
        .members([
            "index": .int(index), "file": .string(file), "document": .int(documentIndex), "title": .string(title),
            "apiVersion": type.kind.isEmpty ? nil : .string(type.apiVersion),
            "kind": type.kind.isEmpty ? nil : .string(type.kind), "namespace": namespace.map(JSON.string),
            "name": name.isEmpty ? nil : .string(name), "build": built.map { .int($0.build) },
            "at": document.range(document.rootSpan).map(JSON.place),
        ])
    }
}

/// All objects of the inputs, with what is wrong with their texts.
struct InputObjects {
    private(set) var list: [InputObject] = []
    private(set) var problems: [Diagnostic] = []
    private(set) var skipped: [SkippedDocument] = []
    private let limit: Int

    /// - Parameter builds: those whose objects come first.
    init(_ sources: [SourceFile], builds: [TextBuild] = [], limit: Int) {
        self.limit = limit
        for (number, build) in builds.enumerated() {
            for (index, object) in build.objects.enumerated() {
                let first = list.count
                add(object.document, object.path, index, review: nil)
                for added in first..<list.count { list[added].built = (number, object) }
            }
        }
        for source in sources {
            number = 0
            let stream = YAMLReader().read(source)
            problems += stream.diagnostics
            for document in stream.documents { add(document, path: source.path, index: document.index) }
        }
        if list.count == limit {
            problems.append(
                Diagnostic(code: "limit_error", message: "only the first \(limit) resources are evaluated"))
        }
    }

    /// The next object's number in its file.
    private var number = 0

    private mutating func add(_ document: Document, path: String, index: Int) {
        if document.root.kind == .null { return }
        if let object = Self.object(ofReview: document) { return add(object, path, index, review: document) }
        add(document, path, index, review: nil)
    }

    private mutating func add(_ document: Document, _ path: String, _ index: Int, review: Document?) {
        let contents = ResourceReader().read(document, path: path)
        for resource in contents.resources {
            append(resource.document, path, index, review, resource.type, resource.namespace, resource.name)
            if review == nil { number += 1 }
        }
        if review != nil { number += 1 }
        for document in contents.skipped where document.reason == .kustomization { skipped.append(document) }
        if contents.resources.isEmpty,
            contents.skipped.contains(where: { $0.reason == .notKubernetes || $0.reason == .notObject })
        {
            append(document, path, index, review, GroupVersionKind(apiVersion: "", kind: ""), nil, "")
        }
    }

    private mutating func append(
        _ document: Document, _ path: String, _ index: Int, _ review: Document?, _ type: GroupVersionKind,
        _ namespace: String?, _ name: String
    ) {
        if list.count >= limit { return }
        list.append(
            InputObject(
                index: list.count, file: path, documentIndex: index, document: document, review: review, type: type,
                namespace: namespace, name: name, numberInFile: review == nil ? number : nil))
    }

    /// The object that an AdmissionReview asks about, as a document of its own; nil for anything else.
    private static func object(ofReview document: Document) -> Document? {
        guard document.root.field("kind").stringValue == "AdmissionReview",
            document.root.field("request").kind == .object
        else { return nil }
        for name in ["object", "oldObject"] {
            let path = DocumentPath([.key("request"), .key(name)])
            let value = document.value(at: path)
            guard value.kind == .object else { continue }
            let span = document.place(at: path).span
            return Document(
                arena: Arena.make(capacity: 64), root: value, rootSpan: span, index: document.index, partOf: document)
        }
        return nil
    }
}
