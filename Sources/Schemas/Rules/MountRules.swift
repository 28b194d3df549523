import Documents

/// `volumeMounts` and `volumeDevices` of a container.
struct MountRules {
    let container: Node
    let volumes: Set<Value>

    func check() {
        var places: Set<Value> = []
        for mount in container["volumeMounts"].elements where mount.isObject {
            checkName(mount["name"])
            let path = mount["mountPath"]
            if path.isEmptyText {
                path.missing()
            } else if !places.insert(path.value).inserted {
                path.invalid("mountPath \(Wording.quoted(path.text)) is used twice in this container")
            }
            checkParts(mount)
        }
        for device in container["volumeDevices"].elements where device.isObject {
            checkName(device["name"])
            let path = device["devicePath"]
            if path.isEmptyText {
                path.missing()
            } else if !places.insert(path.value).inserted {
                path.invalid("\(Wording.quoted(path.text)) is mounted twice in this container")
            }
            path.mustNotClimb()
        }
    }

    private func checkName(_ name: Node) {
        if name.isEmptyText { return name.missing() }
        if volumes.contains(name.value) { return }
        let known = volumes.map(\.string).sorted()
        let similar = Nearest.name(to: name.text, among: known)
        name.dangling(
            "no volume is called \(Wording.quoted(name.text))",
            hint: similar.map { "did you mean \($0)?" }
                ?? (known.isEmpty
                    ? "the Pod has no volumes" : "volumes of the Pod: \(known.prefix(8).joined(separator: ", "))"))
    }

    private func checkParts(_ mount: Node) {
        let subPath = mount["subPath"]
        let expression = mount["subPathExpr"]
        if !subPath.isEmptyText, !expression.isEmptyText {
            expression.invalid("subPath and subPathExpr may not both be set", hint: "keep one of them")
        }
        subPath.mustBeRelativePath()
        expression.mustBeRelativePath()
        let propagation = mount["mountPropagation"]
        propagation.oneOf(["None", "HostToContainer", "Bidirectional"])
        if propagation.equals("Bidirectional"), !container["securityContext"]["privileged"].isTrue {
            propagation.forbidden("mountPropagation: Bidirectional needs a privileged container")
        }
        let recursive = mount["recursiveReadOnly"]
        recursive.oneOf(["Enabled", "IfPossible", "Disabled"])
        if recursive.isSet, !recursive.equals("Disabled"), !mount["readOnly"].isTrue {
            recursive.forbidden("recursiveReadOnly needs readOnly: true")
        }
        if recursive.isSet, !recursive.equals("Disabled"), propagation.isSet, !propagation.equals("None") {
            recursive.forbidden("recursiveReadOnly may not be set beside mountPropagation: \(propagation.text)")
        }
    }
}
