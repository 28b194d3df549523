import Documents

/// What containers use of their Pod beside volumes that are mounted: block devices and devices that are claimed, and how
/// their resources may change.
struct ClaimUseRules {
    let spec: Node
    let release: Release
    /// Names of volumes that are claims: those of a StatefulSet's templates.
    let claims: Set<Value>

    func check() {
        checkDefinitions()
        for container in spec["containers"].elements { check(container, isInitial: false) }
        for container in spec["initContainers"].elements { check(container, isInitial: true) }
    }

    private var hasDevices: Bool { release >= Release(major: 1, minor: 34) }

    private func checkDefinitions() {
        guard hasDevices else { return }
        for claim in spec["resourceClaims"].elements where claim.isObject {
            let names: [StaticString] = ["resourceClaimName", "resourceClaimTemplateName"]
            let members = claim.setMembers(names)
            if members.count != 1 {
                claim.invalid("\(claim.name) needs one of \(Wording.choice(names.map { $0.description }))")
            }
            for member in members { member.mustBe(NameRule.dnsSubdomain) }
        }
    }

    private func check(_ container: Node, isInitial: Bool) {
        checkDevices(container)
        checkResize(container, isInitial: isInitial)
        if hasDevices { checkClaims(container["resources"]["claims"]) }
    }

    /// Only claims can be block devices.
    private func checkDevices(_ container: Node) {
        for device in container["volumeDevices"].elements where device.isObject {
            let name = device["name"]
            guard name.value.kind == .string, !claims.contains(name.value) else { continue }
            let volume = spec["volumes"].elements.first { $0["name"].value == name.value }
            if let volume, !volume["persistentVolumeClaim"].isSet, !volume["ephemeral"].isSet {
                name.invalid(
                    "volume \(Wording.quoted(name.text)) cannot be a block device: only claims can",
                    hint: "mount it with volumeMounts")
            }
            if container["volumeMounts"].elements.contains(where: { $0["name"].value == name.value }) {
                name.invalid("volume \(Wording.quoted(name.text)) is in volumeMounts too")
            }
        }
    }

    private func checkResize(_ container: Node, isInitial: Bool) {
        let policies = container["resizePolicy"]
        guard release >= Release(major: 1, minor: 33), policies.count > 0 else { return }
        if isInitial, !container["restartPolicy"].equals("Always") {
            return policies.invalid("resizePolicy may not be set for an init container")
        }
        var seen: Set<Value> = []
        for policy in policies.elements where policy.isObject {
            let resource = policy["resourceName"], restart = policy["restartPolicy"]
            resource.oneOf(["cpu", "memory"], isRequired: true)
            resource.mustNotRepeat("resource", in: &seen)
            restart.oneOf(["NotRequired", "RestartContainer"], isRequired: true)
            if restart.equals("RestartContainer"), spec["restartPolicy"].equals("Never") {
                restart.invalid("restartPolicy must be NotRequired where the Pod has restartPolicy: Never")
            }
        }
    }

    private func checkClaims(_ claims: Node) {
        var seen: Set<String> = []
        for claim in claims.elements where claim.isObject {
            let name = claim["name"]
            guard name.value.kind == .string, name.value.count > 0 else { continue }
            if !spec["resourceClaims"].elements.contains(where: { $0["name"].value == name.value }) {
                name.dangling("no resource claim of the Pod is called \(Wording.quoted(name.text))")
            }
            if !seen.insert("\(name.text) \(claim["request"].text)").inserted {
                claim.duplicate("the claim \(Wording.quoted(name.text)) is there twice")
            }
        }
    }
}
