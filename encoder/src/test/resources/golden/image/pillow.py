"""Writes the golden files beside it: what Pillow 12.3.0 makes of small images. Needs pillow and numpy."""
import base64
import io
import pathlib
import struct
import zlib

import numpy as np
from PIL import Image

FOLDER = pathlib.Path(__file__).parent
SIZE = 8


def drawn(width, height):
    """The picture that TestImages.drawn makes too."""
    y, x = np.mgrid[0:height, 0:width].astype(np.int64)
    red = (x * 7 + y * 3 + ((x * x) // 5)) % 256
    green = (x * y + 11 * y) % 256
    blue = np.where((x // 4 + y // 3) % 2 == 0, 250, 3)
    return np.stack([red, green, blue], -1).astype(np.uint8)


def write(name, lines):
    (FOLDER / name).write_text("\n".join(lines) + "\n")


def resized():
    for width, height, to_width, to_height in [
        (31, 23, 10, 7), (13, 9, 29, 22), (40, 17, 40, 8), (16, 30, 8, 30), (5, 3, 12, 9), (97, 61, 12, 11), (2, 1, 5, 4),
    ]:
        image = Image.fromarray(drawn(width, height)).resize((to_width, to_height), Image.BICUBIC)
        yield f"{width} {height} {to_width} {to_height} {image.tobytes().hex()}"


def prepared():
    """CLIPImageProcessor of transformers, step by step."""
    mean = np.array([0.48145466, 0.4578275, 0.40821073], dtype=np.float32)
    deviation = np.array([0.26862954, 0.26130258, 0.27577711], dtype=np.float32)
    for width, height in [(37, 20), (19, 50), (8, 8), (300, 9)]:
        shorter, longer = min(width, height), max(width, height)
        length = int(SIZE * longer / shorter)
        size = (SIZE, length) if width <= height else (length, SIZE)
        pixels = np.asarray(Image.fromarray(drawn(width, height)).resize(size, Image.BICUBIC))
        top, left = (size[1] - SIZE) // 2, (size[0] - SIZE) // 2
        pixels = pixels[top : top + SIZE, left : left + SIZE]
        pixels = (pixels.astype(np.float64) * (1 / 255)).astype(np.float32)
        pixels = ((pixels - mean) / deviation).transpose(2, 0, 1)
        yield f"{width} {height} {pixels.astype('>f4').tobytes().hex()}"


def encoded(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def sixteen_bits(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = drawn(width, height).astype(int)
    rows = b"".join(
        b"\0" + b"".join(struct.pack(">HHH", *(256 * v + x * 37 % 256 for v in pixels[y, x])) for x in range(width))
        for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def decoded():
    width, height = 7, 5
    rgb = Image.fromarray(drawn(width, height))
    grey = Image.fromarray(drawn(width, height)[:, :, 0].copy())
    alpha = Image.fromarray((np.arange(width * height).reshape(height, width) * 7 % 256).astype(np.uint8))
    rgba = rgb.copy()
    rgba.putalpha(alpha)
    palette = rgb.quantize(11)
    turned = palette.rotate(180)
    inks = Image.merge("CMYK", (*rgb.split(), alpha))
    for name, image in {
        "rgb.png": encoded(rgb, "PNG"),
        "rgba.png": encoded(rgba, "PNG"),
        "grey.png": encoded(grey, "PNG"),
        "grey-alpha.png": encoded(Image.merge("LA", (grey, alpha)), "PNG"),
        "palette.png": encoded(palette, "PNG"),
        "palette-transparent.png": encoded(palette, "PNG", transparency=3),
        "one-bit.png": encoded(grey.convert("1"), "PNG"),
        "sixteen-bit.png": sixteen_bits(width, height),
        "rgb.bmp": encoded(rgb, "BMP"),
        "palette.bmp": encoded(palette, "BMP"),
        "palette.gif": encoded(palette, "GIF"),
        "animated.gif": encoded(palette, "GIF", save_all=True, append_images=[turned]),
        "grey.jpg": encoded(grey, "JPEG", quality=90),
        "rgb.jpg": encoded(rgb, "JPEG", quality=90, subsampling=0),
        "subsampled.jpg": encoded(rgb, "JPEG", quality=85, subsampling=2),
        "progressive.jpg": encoded(rgb, "JPEG", quality=90, progressive=True),
        "cmyk.jpg": encoded(inks, "JPEG", quality=90),
    }.items():
        pixels = Image.open(io.BytesIO(image)).convert("RGB")
        yield f"{name} {base64.b64encode(image).decode()} {pixels.tobytes().hex()}"


write("resized.txt", resized())
write("prepared.txt", prepared())
write("decoded.txt", decoded())
