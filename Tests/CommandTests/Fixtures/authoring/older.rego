package older

deny[msg] {
	input.kind == "Pod"
	msg := "no Pods"
}
