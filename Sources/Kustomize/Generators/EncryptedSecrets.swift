import Diagnostics

/// The generator of KSOPS, which decrypts files of SOPS where a kustomization is applied. Nothing is decrypted here: what the
/// files hold is taken as it is written.
enum EncryptedSecrets {
    static func isAsked(by resource: Resource) -> Bool {
        resource.kind == "ksops" && resource.apiVersion.hasPrefix("viaduct.ai/")
    }

    /// The objects of `files`, and Secrets of the texts that `secretFrom` names.
    static func generate(_ fields: Fields, _ loader: Loader) throws(BuildError) -> [Resource] {
        var result: [Resource] = []
        for path in try fields.texts("files") {
            do throws(BuildError) {
                result += try ResourceReader.resources(try loader.trees(path.text, at: path), loader.context)
            } catch {
                throw error.wrapped("ksops: reading '\(path.text)'", at: path.origin)
            }
        }
        for entry in try fields.objects("secretFrom", type: "SecretFrom") {
            result.append(try secret(entry, loader))
        }
        for resource in result { try takeRequests(of: resource) }
        var warning = BuildError(
            "the files of '\(fields.node.field("metadata")?.field("name")?.text ?? "ksops")' are taken encrypted, as they are",
            at: fields.node, hint: "nothing is decrypted; ksops does that where the kustomization is applied"
        ).diagnostic(in: loader.context.sources)
        (warning.severity, warning.code) = (.warning, "kustomize-encrypted")
        loader.context.warnings.append(warning)
        return result
    }

    /// A Secret of the texts of files.
    private static func secret(_ entry: Fields, _ loader: Loader) throws(BuildError) -> Resource {
        let node = entry.node.copy()
        let files = try entry.list("files") + entry.list("binaryFiles")
        if !files.isEmpty { node.set("files", Node(.sequence, content: files)) }
        let generator = MapGenerator(fields: try Fields(node, type: entry.type, isLenient: true), isSecret: true, global: nil)
        let resource = try generator.generate(loader)
        for name in ["labels", "annotations"] {
            guard let map = try entry.object("metadata", type: "ObjectMeta")?[name] else { continue }
            resource.metadata?.set(name, map.copy())
        }
        return resource
    }

    /// Annotations by which what a plugin makes asks for a suffix or to be merged.
    private static func takeRequests(of resource: Resource) throws(BuildError) {
        resource.needsHash = resource.annotations?.field("kustomize.config.k8s.io/needs-hash")?.text == "true"
        if let text = resource.annotations?.field("kustomize.config.k8s.io/behavior")?.text {
            resource.behavior = Resource.Behavior(rawValue: text) ?? .unspecified
        }
        resource.annotations?.clear("kustomize.config.k8s.io/needs-hash")
        resource.annotations?.clear("kustomize.config.k8s.io/behavior")
        resource.forgetID()
    }
}
