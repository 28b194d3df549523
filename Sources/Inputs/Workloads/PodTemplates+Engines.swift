import Documents

/// Pods that workflow engines put together from parts.
enum EnginePods {
    private typealias Places = [(made: [DocumentPath.Step], real: [DocumentPath.Step])]

    /// The Pods of an Argo workflow specification: one for each template that runs containers, with what the workflow and
    /// its `templateDefaults` say for all (https://argo-workflows.readthedocs.io/en/latest/fields/#template).
    static func argo(_ workflow: Value, path: [DocumentPath.Step]) -> [PodTemplate] {
        let defaults = workflow.field("templateDefaults")
        let templates = workflow.field("templates")
        guard templates.kind == .array else { return [] }
        return templates.elements.enumerated().flatMap { index, template -> [PodTemplate] in
            let place = path + [.key("templates"), .index(index)]
            var pods: [PodTemplate] = []
            if let pod = argoPod(template, defaults: defaults, workflow: workflow, place: place, workflowPath: path) {
                pods.append(pod)
            }
            return pods
        }
    }

    private static func argoPod(
        _ template: Value, defaults: Value, workflow: Value, place: [DocumentPath.Step], workflowPath: [DocumentPath.Step]
    ) -> PodTemplate? {
        guard template.kind == .object else { return nil }
        var containers: [PodTemplate.Made] = [], places: Places = []
        func add(_ node: Value, _ path: [DocumentPath.Step]) {
            guard node.kind == .object else { return }
            places.append(([.key("spec"), .key("containers"), .index(containers.count)], path))
            containers.append(.value(node))
        }
        func addAll(_ list: Value, _ path: [DocumentPath.Step]) {
            guard list.kind == .array else { return }
            for (index, node) in list.elements.enumerated() { add(node, path + [.index(index)]) }
        }
        add(template.field("container"), place + [.key("container")])
        add(template.field("script"), place + [.key("script")])
        addAll(template.field("containerSet").field("containers"), place + [.key("containerSet"), .key("containers")])
        if containers.isEmpty { return nil }
        addAll(template.field("sidecars"), place + [.key("sidecars")])
        var members: [(String, PodTemplate.Made)] = [("containers", .list(containers))]
        places.append(([.key("spec"), .key("initContainers")], place + [.key("initContainers")]))
        if template.field("initContainers").kind == .array {
            members.append(("initContainers", .value(template.field("initContainers"))))
        }
        for name in [
            "securityContext", "serviceAccountName", "automountServiceAccountToken", "hostAliases", "hostNetwork", "hostPID",
            "hostIPC", "priorityClassName", "nodeSelector", "tolerations", "affinity",
        ] {
            let sources = [(template, place), (defaults, workflowPath + [.key("templateDefaults")]), (workflow, workflowPath)]
            guard let (holder, path) = sources.first(where: { $0.0.field(named: name).isDefined }) else { continue }
            members.append((name, .value(holder.field(named: name))))
            places.append(([.key("spec"), .key(name)], path + [.key(name)]))
        }
        addVolumes(of: [(template, place), (workflow, workflowPath)], to: &members, &places)
        return PodTemplate(
            path: place, metadata: template.field("metadata"), members: members, places: places)
    }

    private static func addVolumes(
        of holders: [(Value, [DocumentPath.Step])], to members: inout [(String, PodTemplate.Made)], _ places: inout Places
    ) {
        var volumes: [PodTemplate.Made] = []
        for (holder, path) in holders where holder.field("volumes").kind == .array {
            for (index, volume) in holder.field("volumes").elements.enumerated() {
                places.append(([.key("spec"), .key("volumes"), .index(volumes.count)], path + [.key("volumes"), .index(index)]))
                volumes.append(.value(volume))
            }
        }
        if !volumes.isEmpty { members.append(("volumes", .list(volumes))) }
    }

    /// The Pod of a Tekton task: its steps and sidecars, with what `stepTemplate` says for every step and the run's
    /// `podTemplate` for the Pod (https://tekton.dev/docs/pipelines/tasks/#configuring-a-task).
    static func tekton(_ task: Value, path: [DocumentPath.Step], root: Value) -> PodTemplate? {
        guard task.kind == .object else { return nil }
        var containers: [PodTemplate.Made] = [], places: Places = []
        let shared = task.field("stepTemplate")
        func add(_ node: Value, _ path: [DocumentPath.Step], defaults: Value) {
            guard node.kind == .object else { return }
            places.append(([.key("spec"), .key("containers"), .index(containers.count)], path))
            containers.append(step(node, defaults: defaults))
        }
        for (name, defaults) in [("steps", shared), ("sidecars", Value.undefined)] {
            let list = task.field(named: name)
            guard list.kind == .array else { continue }
            for (index, node) in list.elements.enumerated() { add(node, path + [.key(name), .index(index)], defaults: defaults) }
        }
        // A StepAction is one step.
        if containers.isEmpty, task.field("image").kind == .string { add(task, path, defaults: .undefined) }
        if containers.isEmpty { return nil }
        var members: [(String, PodTemplate.Made)] = [("containers", .list(containers))]
        let spec = root.field("spec")
        for (holder, steps) in [
            (spec.field("podTemplate"), ["spec", "podTemplate"]),
            (spec.field("taskRunTemplate").field("podTemplate"), ["spec", "taskRunTemplate", "podTemplate"]),
        ] where holder.kind == .object {
            for index in holder.keys.indices where holder.keys[index].string != "volumes" {
                let name = holder.keys[index].string
                members.append((name, .value(holder.values[index])))
                places.append(([.key("spec"), .key(name)], steps.map { .key($0) } + [.key(name)]))
            }
        }
        for (holder, steps) in [(spec, ["spec"]), (spec.field("taskRunTemplate"), ["spec", "taskRunTemplate"])]
        where holder.field("serviceAccountName").kind == .string {
            members.append(("serviceAccountName", .value(holder.field("serviceAccountName"))))
            places.append(([.key("spec"), .key("serviceAccountName")], steps.map { .key($0) } + [.key("serviceAccountName")]))
        }
        let runTemplate = spec.field("podTemplate")
        addVolumes(of: [(task, path), (runTemplate, [.key("spec"), .key("podTemplate")])], to: &members, &places)
        return PodTemplate(path: path, metadata: .undefined, members: members, places: places)
    }

    private static func step(_ node: Value, defaults: Value) -> PodTemplate.Made {
        var added: [(String, PodTemplate.Made)] = []
        if defaults.kind == .object {
            for index in defaults.keys.indices {
                let name = defaults.keys[index].string, own = node.field(named: name)
                if own.isUndefined {
                    added.append((name, .value(defaults.values[index])))
                } else if name == "securityContext", own.kind == .object, defaults.values[index].kind == .object {
                    let shared = defaults.values[index]
                    let missing = shared.keys.indices.filter { own.field(named: shared.keys[$0].string).isUndefined }
                    added.append(
                        (name, .object(own, adding: missing.map { (shared.keys[$0].string, .value(shared.values[$0])) })))
                }
            }
        }
        let resources = node.field("computeResources")
        if resources.kind == .object { added.append(("resources", .value(resources))) }
        return added.isEmpty ? .value(node) : .object(node, adding: added)
    }
}
