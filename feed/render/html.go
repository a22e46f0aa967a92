package render

import "io"

func htmlItem(b []byte, x *facts) []byte { return b }

func ChannelPage(w io.Writer, h Head, fragments [][]byte) error { return nil }
