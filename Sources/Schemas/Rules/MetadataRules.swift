import Documents

/// What holds for `metadata` of every object.
struct MetadataRules {
    let metadata: Node

    /// What an object of the kind may be called.
    static func nameForm(of kind: String, group: String, release: Release) -> Node.NameForm {
        switch (group, kind) {
        case ("", "Namespace"): return { NameRule.dnsLabel($0) }
        case ("", "Service"):
            let isRelaxed = release >= Release(major: 1, minor: 36)
            return { isRelaxed ? NameRule.dnsLabel($0) : NameRule.dns1035Label($0) }
        case ("apps", "StatefulSet") where release >= Release(major: 1, minor: 27): return { NameRule.dnsLabel($0) }
        case ("rbac.authorization.k8s.io", _), ("certificates.k8s.io", _), ("policy", "PodDisruptionBudget"),
            ("", "Event"), ("networking.k8s.io", "IPAddress"),
            // Named by version and group, which the core group leaves empty: v1.
            ("apiregistration.k8s.io", _), ("events.k8s.io", _):
            return { NameRule.pathSegment($0) }
        default: return { NameRule.dnsSubdomain($0) }
        }
    }

    /// - Parameters:
    ///   - nameForm: what the object may be called; nil where names are not looked at.
    ///   - needsName: whether the object must have a name; those inside others need none.
    func check(nameForm: Node.NameForm?, needsName: Bool = true) {
        if let nameForm { checkName(nameForm, isRequired: needsName) }
        metadata["namespace"].mustBe(NameRule.dnsLabel)
        Self.checkLabels(metadata["labels"])
        Self.checkAnnotations(metadata["annotations"])
        Self.checkFinalizerNames(metadata["finalizers"])
        // The server counts the generations of objects itself, but not of those inside others.
        if !needsName { metadata["generation"].mustNotBeNegative() }
        checkOwners()
    }

    private func checkOwners() {
        var controllers = 0
        for owner in metadata["ownerReferences"].elements {
            for field in [owner["apiVersion"], owner["kind"], owner["name"], owner["uid"]] { field.mustExist() }
            if owner["apiVersion"].text.count(where: { $0 == "/" }) > 1 {
                owner["apiVersion"].invalid("apiVersion must be a version, or a group and a version")
            }
            if owner["kind"].equals("Event"), ["v1", "events.k8s.io/v1"].contains(owner["apiVersion"].text) {
                owner.invalid("an Event cannot own other objects")
            }
            if owner["controller"].isTrue { controllers += 1 }
            if controllers == 2, owner["controller"].isTrue {
                owner["controller"].invalid("only one of ownerReferences may have controller: true")
            }
        }
    }

    /// Finalizers of Kubernetes' own kinds are its own, or have a prefix.
    func checkFinalizers() { Self.checkFinalizers(metadata["finalizers"]) }

    static func checkFinalizers(_ finalizers: Node) {
        let own = ["kubernetes", "orphan", "foregroundDeletion"]
        for finalizer in finalizers.elements where finalizer.value.kind == .string && finalizer.value.count > 0 {
            if !finalizer.value.utf8.contains(0x2F), !own.contains(finalizer.text) {
                finalizer.invalid(
                    "\(Wording.quoted(finalizer.text)) is no finalizer of Kubernetes, and others have a prefix",
                    hint: "write it as example.com/\(finalizer.text)")
            }
        }
    }

    private static func checkFinalizerNames(_ finalizers: Node) {
        for finalizer in finalizers.elements {
            if finalizer.value.kind == .string, finalizer.value.count == 0 { finalizer.invalid("a finalizer may not be empty") }
            finalizer.mustBe(NameRule.qualifiedName)
        }
        let names = finalizers.elements.map(\.text)
        if names.contains("orphan"), names.contains("foregroundDeletion") {
            finalizers.invalid("orphan and foregroundDeletion exclude each other")
        }
    }

    private func checkName(_ form: Node.NameForm, isRequired: Bool) {
        let name = metadata["name"]
        let generated = metadata["generateName"]
        if isRequired, name.isEmptyText, generated.isEmptyText, metadata.isObject || !metadata.isSet {
            name.missing("metadata.name is required", hint: "name the object, or give it a generateName")
        }
        name.mustBe(form)
        if generated.value.kind == .string, generated.value.count > 0 {
            // The server adds letters and digits, so that a hyphen may be the last character.
            var text = generated.text
            if text.utf8.count > 1, text.hasSuffix("-") { text = text.dropLast(2) + "a" }
            if let problem = text.withUTF8({ form($0) }) {
                generated.invalid(
                    "\(generated.name) is \(Wording.quoted(generated.text)), but it \(Node.phrase(problem))")
            }
        }
    }

    static func checkLabels(_ labels: Node) {
        for (key, label) in labels.entries {
            checkKey(key, label, "label")
            guard label.value.kind == .string, let problem = NameRule.labelValue(label.value.utf8) else { continue }
            label.invalid(
                "label \(key.string) has the value \(Wording.quoted(label.text)), but a label's value \(Node.phrase(problem))",
                hint: problem.hasPrefix("has") ? nil : "what is no label may be an annotation")
        }
    }

    private static func checkKey(_ key: Value, _ node: Node, _ what: String) {
        guard key.kind == .string, let problem = NameRule.qualifiedName(key.utf8) else { return }
        node.inspection.report(
            .invalidValue, node.path, at: .key,
            "\(Wording.quoted(key.string)) cannot be the key of a \(what): it \(Node.phrase(problem))")
    }

    static func checkAnnotations(_ annotations: Node) {
        var size = 0
        for (key, annotation) in annotations.entries {
            size += key.count + (annotation.value.kind == .string ? annotation.value.count : 0)
            // The prefix of an annotation may have capitals.
            if let problem = NameRule.qualifiedName(key.utf8, allowsCapitals: true) {
                annotation.inspection.report(
                    .invalidValue, annotation.path, at: .key,
                    "\(Wording.quoted(key.string)) cannot be the key of an annotation: it \(Node.phrase(problem))")
            }
        }
        if size > 256 << 10 { annotations.tooMany("annotations hold \(size) bytes, 262144 at most are allowed") }
    }
}
