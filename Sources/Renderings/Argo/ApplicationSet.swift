import Diagnostics
import Documents
import GoTemplate
import Helm
import Inputs

/// An Argo CD `ApplicationSet`: the Applications that its generators and its template make.
struct ApplicationSet {
    private let root: PlacedNode
    private let file: String
    private let name: String
    private let namespace: String?
    private let spec: PlacedNode
    private let context: DeployerContext

    /// More are not made of one set.
    private static let mostApplications = 1_000

    init?(_ root: PlacedNode, file: String, _ context: DeployerContext) {
        guard let spec = root["spec"], let name = root.at("metadata", "name")?.text else { return nil }
        (self.root, self.file, self.name, self.spec, self.context) = (root, file, name, spec, context)
        namespace = root.at("metadata", "namespace")?.text
    }

    private var title: String { "ApplicationSet \(namespace.map { "\($0)/" } ?? "")\(name)" }

    func jobs() -> [BuildJob] {
        guard let template = spec["template"] else { return [] }
        var generators = ParameterGenerators(context, file: file, usesGoTemplate: usesGoTemplate)
        var sets: [ParameterSet] = []
        for generator in spec["generators"]?.items ?? [] { sets += generators.sets(of: generator) }
        var jobs = generators.unknown.map { what, range in
            nothing("its \(what) generator asks what is not in this repository", range)
        }
        if sets.count > Self.mostApplications {
            jobs.append(nothing("it makes more than \(Self.mostApplications) Applications; the rest is left out", nil))
        }
        for set in sets.prefix(Self.mostApplications) { jobs += application(template, set) }
        return jobs
    }

    private var usesGoTemplate: Bool { spec["goTemplate"]?.isTrue ?? false }

    private func nothing(_ reason: String, _ range: SourceRange?) -> BuildJob {
        var job = BuildJob(
            work: .nothing(BuildFailure(reason: reason, diagnostics: [])),
            record: BuildRecord(.manifests, path: context.shown(file), appliedBy: title))
        job.identity = title + reason
        return job
    }

    /// What the Application of one set of parameters builds.
    private func application(_ template: PlacedNode, _ set: ParameterSet) -> [BuildJob] {
        let writer = TemplateText(set, usesGoTemplate: usesGoTemplate, functions: context.settings.functions())
        var builder = DocumentBuilder()
        builder.add("metadata", template["metadata"])
        builder.add("spec", template["spec"])
        do {
            var made = try builder.document(at: template).rewritten(writer.text)
            if let patch = spec["templatePatch"]?.text {
                let source = SourceFile(path: file, bytes: Array(try writer.text(patch).utf8))
                if let document = YAMLReader().read(source).documents.first {
                    made = Self.merged(PlacedNode(made), PlacedNode(document), at: template).document
                }
            }
            let node = PlacedNode(made)
            let application = node.at("metadata", "name")?.text ?? name
            let text = JSONWriter.string(node.value)
            if set.isUnknown, text.contains("{{") || text.contains("<no value>") {
                // What is not known may stand anywhere but where the source is.
                let sources = node.at("spec", "sources")?.items ?? [node.at("spec", "source")].compactMap(\.self)
                let isKnown = sources.allSatisfy { source in
                    let text = JSONWriter.string(source.value)
                    return !text.contains("{{") && !text.contains("<no value>")
                }
                if !isKnown {
                    return [nothing("the source of \(application) depends on clusters, which are not known here", template.range)]
                }
            }
            let shown = "\(title) as \(application)"
            return ArgoApplication(node, file: file, title: shown, context)?.jobs() ?? []
        } catch let problem as TemplateProblem {
            return [nothing("its template cannot be filled in: \(problem.reason)", template.range)]
        } catch {
            return [nothing("its template cannot be filled in: \(error)", template.range)]
        }
    }

    /// A mapping with the members of a patch; mappings are merged, all else is replaced.
    private static func merged(_ base: PlacedNode, _ patch: PlacedNode, at place: PlacedNode) -> PlacedNode {
        guard base.value.kind == .object, patch.value.kind == .object else {
            return PlacedNode(base.document, patch.value, place.span)
        }
        var builder = DocumentBuilder()
        for (key, node) in base.members {
            builder.add(key, patch[key].map { merged(node, $0, at: place) } ?? node)
        }
        for (key, node) in patch.members where base[key] == nil {
            builder.add(key, PlacedNode(base.document, node.value, place.span))
        }
        return PlacedNode(builder.document(at: base))
    }
}

/// The parameters of one Application.
struct ParameterSet {
    /// By names with dots, as `{{path.basename}}` asks for them.
    var flat: [String: String] = [:]
    /// As Go templates ask for them.
    var tree = GoMap()
    /// Whether there are more that are not known here, such as those of clusters.
    var isUnknown = false

    /// This set with the parameters of another one on top.
    func joined(with other: ParameterSet) -> ParameterSet {
        var set = self
        set.flat.merge(other.flat) { $1 }
        set.tree = tree.merged(with: other.tree)
        set.isUnknown = isUnknown || other.isUnknown
        return set
    }
}

/// Fills in the texts of an ApplicationSet's template.
struct TemplateText {
    private let set: ParameterSet
    private let usesGoTemplate: Bool
    private let functions: [String: TemplateFunction]

    init(_ set: ParameterSet, usesGoTemplate: Bool, functions: [String: TemplateFunction]) {
        (self.set, self.usesGoTemplate, self.functions) = (set, usesGoTemplate, functions)
    }

    func text(_ text: String) throws -> String {
        guard text.contains("{{") else { return text }
        return usesGoTemplate ? try goText(text) : plainText(text)
    }

    /// `{{name}}`; names that are not known stay, as with fasttemplate.
    private func plainText(_ text: String) -> String {
        var output = ""
        var rest = text[...]
        while let start = rest.range(of: "{{"), let end = rest[start.upperBound...].range(of: "}}") {
            output += rest[..<start.lowerBound]
            let name = rest[start.upperBound..<end.lowerBound].trimmed
            output += set.flat[String(name)] ?? String(rest[start.lowerBound..<end.upperBound])
            rest = rest[end.upperBound...]
        }
        return output + rest
    }

    private func goText(_ text: String) throws -> String {
        var templates = TemplateSet(functions: functions.merging(Self.ownFunctions) { $1 })
        try templates.parse(TemplateSource(name: "template", bytes: Array(text.utf8)))
        guard let body = templates["template"] else { return text }
        let run = TemplateRun(templates)
        let (bytes, _) = try run.execute(body, .map(set.tree))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What Argo CD adds to the functions of templates.
    private static let ownFunctions: [String: TemplateFunction] = [
        "normalize": TemplateFunction("normalize", [.string]) { .string(ParameterGenerators.normalized($0.text(0))) },
        "slugify": TemplateFunction("slugify", [], rest: .any) { call in
            .string(ParameterGenerators.normalized(call.arguments.last?.asString ?? ""))
        },
    ]
}
