/// kustomize's builtin `IAMPolicyGenerator`: a service account that stands for one of a cloud.
enum PolicyGenerator {
    static func generate(_ fields: Fields, _ loader: Loader) throws(BuildError) -> Resource {
        guard let cloud = try fields.text("cloud"), cloud.text == "gke" else {
            throw BuildError("cloud provider \(fields["cloud"]?.text ?? "") not supported yet", at: fields.node)
        }
        let service = try fields.object("kubernetesService", type: "KubernetesService")
        let account = try fields.object("serviceAccount", type: "ServiceAccount")
        guard let serviceName = try service?.text("name"), let name = try account?.text("name"),
            let project = try account?.text("projectId")
        else {
            throw BuildError(
                "kubernetesService.name, serviceAccount.name and serviceAccount.projectId are needed", at: fields.node)
        }
        let address = Node.string(
            "\(name.text)@\(project.text).iam.gserviceaccount.com", origin: name.origin.caused(by: .generator))
        address.addPart(project.origin)
        let metadata = Node(.mapping, tag: .map)
        metadata.set(
            "annotations", Node(.mapping, tag: .map, content: [.scalar("iam.gke.io/gcp-service-account"), address]))
        metadata.set("name", .scalar(serviceName.text, origin: serviceName.origin.caused(by: .generator)))
        if let namespace = try service?.text("namespace") {
            metadata.set("namespace", .scalar(namespace.text, origin: namespace.origin.caused(by: .generator)))
        }
        let root = Node(.mapping, tag: .map, origin: fields.node.origin.caused(by: .generator))
        root.content = [
            .scalar("apiVersion"), .scalar("v1"), .scalar("kind"), .scalar("ServiceAccount"), .scalar("metadata"),
            metadata,
        ]
        try loader.context.countObject(at: root)
        return Resource(root)
    }
}
