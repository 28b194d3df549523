package import Diagnostics
package import Documents
import RegoSyntax
import Schemas

/// Reads ConstraintTemplates of all versions.
package struct TemplateReader {
    package static let group = "templates.gatekeeper.sh"
    private static let versions = ["v1", "v1beta1", "v1alpha1"]
    private static let target = "admission.k8s.gatekeeper.sh"

    private let document: Document
    private var problems: [Diagnostic] = []

    private init(_ document: Document) { self.document = document }

    /// The template of a document, or what is wrong with it: the first problem only, as others tend to follow from it.
    package static func read(_ document: Document) -> (template: ConstraintTemplate?, problem: Diagnostic?) {
        var reader = TemplateReader(document)
        let template = reader.template()
        if let problem = reader.problems.first { return (nil, problem) }
        return (template, nil)
    }

    private mutating func fail(_ message: String, at steps: [DocumentPath.Step], hint: String? = nil) {
        problems.append(document.problem("template_error", message, at: steps, hint: hint))
    }

    private mutating func template() -> ConstraintTemplate? {
        let root = document.root
        let version = root.field("apiVersion").stringValue.map { String($0.split(separator: "/").last ?? "") } ?? ""
        guard Self.versions.contains(version) else {
            fail("\(Self.group) has no version \(version)", at: [.key("apiVersion")], hint: "use \(Self.group)/v1")
            return nil
        }
        let kindPath: [DocumentPath.Step] = [.key("spec"), .key("crd"), .key("spec"), .key("names"), .key("kind")]
        guard let kind = document.value(at: DocumentPath(kindPath)).stringValue, !kind.isEmpty else {
            fail("a template names the kind of its constraints in spec.crd.spec.names.kind", at: kindPath)
            return nil
        }
        guard kind.utf8.allSatisfy(Self.isAlphanumeric) else {
            fail("\"\(kind)\" is no name of a kind", at: kindPath)
            return nil
        }
        let name = root.field("metadata").field("name").stringValue ?? ""
        if name != kind.lowercased() {
            fail(
                "the name of a template is its kind in lower case: \"\(kind.lowercased())\" instead of \"\(name)\"",
                at: [.key("metadata"), .key("name")])
            return nil
        }
        return template(kind, version)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private mutating func template(_ kind: String, _ version: String) -> ConstraintTemplate? {
        let targets = document.root.field("spec").field("targets")
        guard targets.kind == .array, targets.count == 1 else {
            fail(
                "a template has exactly one target, and this has \(targets.kind == .array ? targets.count : 0)",
                at: [.key("spec"), .key("targets")])
            return nil
        }
        let path: [DocumentPath.Step] = [.key("spec"), .key("targets"), .index(0)]
        let word = targets.elements[0].field("target").stringValue ?? ""
        guard word == Self.target else {
            fail("there is no target \"\(word)\"; it is \(Self.target)", at: path + [.key("target")])
            return nil
        }
        let schema = schema(version)
        let code = code(targets.elements[0], at: path)
        if !problems.isEmpty { return nil }
        guard let code else {
            return ConstraintTemplate(
                document: document, kind: kind, language: .cel, modules: [], entrypoint: "", shape: schema.shape,
                inventory: nil, usesNamespace: false, kinds: nil,
                keepsUnknownParameters: schema.keepsUnknown)
        }
        let parsed = TemplateModules(kind: kind, entry: code.entry, libraries: code.libraries, version: code.version)
        problems += parsed.problems
        return ConstraintTemplate(
            document: document, kind: kind, language: .rego, modules: parsed.modules, entrypoint: parsed.entrypoint,
            shape: schema.shape, inventory: parsed.inventory, usesNamespace: parsed.usesNamespace,
            kinds: parsed.kinds, keepsUnknownParameters: schema.keepsUnknown)
    }

    // MARK: Code

    private struct Code {
        var entry: SourceFile
        var libraries: [SourceFile]
        var version: RegoVersion?
    }

    /// The Rego of a target; nil when it has none but CEL, and when there is a problem.
    private mutating func code(_ target: Value, at path: [DocumentPath.Step]) -> Code? {
        let list = target.field("code")
        let engines = list.kind == .array ? list.elements.map { $0.field("engine").stringValue ?? "" } : []
        if let index = engines.firstIndex(of: "Rego") {
            let source = path + [.key("code"), .index(index), .key("source")]
            let value = list.elements[index].field("source")
            var version: RegoVersion?
            let word = value.field("version")
            switch word.stringValue {
            case "v1": version = .v1
            case "v0", "": version = nil
            case let other:
                if word.isDefined, word.kind != .null {
                    fail("there is no version \"\(other ?? "")\" of Rego; it is v0 or v1", at: source + [.key("version")])
                }
            }
            return code(value, at: source, version)
        }
        if target.field("rego").isDefined { return code(target, at: path, nil) }
        if engines.contains("K8sNativeValidation") { return nil }
        if let index = engines.indices.first {
            fail(
                "there is no engine \"\(engines[index])\"; it is Rego or K8sNativeValidation",
                at: path + [.key("code"), .index(index), .key("engine")])
        } else {
            fail("a target has its policy in rego or code", at: path)
        }
        return nil
    }

    private mutating func code(_ value: Value, at path: [DocumentPath.Step], _ version: RegoVersion?) -> Code? {
        guard let entry = EmbeddedText.source(at: DocumentPath(path + [.key("rego")]), in: document),
            entry.bytes.contains(where: { $0 > 0x20 })
        else {
            fail("rego is missing or no text", at: path + [.key("rego")])
            return nil
        }
        let libs = value.field("libs")
        var libraries: [SourceFile] = []
        if libs.kind == .array {
            for index in libs.elements.indices {
                let place = path + [.key("libs"), .index(index)]
                if let library = EmbeddedText.source(at: DocumentPath(place), in: document) {
                    libraries.append(library)
                } else {
                    fail("a library is a text", at: place)
                }
            }
        }
        return Code(entry: entry, libraries: libraries, version: version)
    }

    // MARK: Schema

    private mutating func schema(_ version: String) -> (shape: CustomShape?, keepsUnknown: Bool) {
        let path: [DocumentPath.Step] = [.key("spec"), .key("crd"), .key("spec"), .key("validation")]
        let validation = document.value(at: DocumentPath(path))
        let legacy = validation.field("legacySchema")
        let isLegacy = legacy.isTrue || version != "v1" && !legacy.isFalse
        let schema = validation.field("openAPIV3Schema")
        switch schema.kind {
        case .undefined, .null: return (nil, isLegacy)
        case .object: break
        default:
            fail("openAPIV3Schema is an object", at: path + [.key("openAPIV3Schema")])
            return (nil, isLegacy)
        }
        if !isLegacy, let found = StructuralRule.problem(in: schema) {
            fail(found.message, at: path + [.key("openAPIV3Schema")] + found.path)
        }
        return (CustomShape(schema), isLegacy)
    }
}

extension Document {
    /// A problem at a place of the document.
    func problem(_ code: String, _ message: String, at steps: [DocumentPath.Step], hint: String? = nil) -> Diagnostic {
        let place = place(at: DocumentPath(steps))
        return Diagnostic(code: code, message: message, range: range(place.keySpan ?? place.span), hint: hint)
    }
}
